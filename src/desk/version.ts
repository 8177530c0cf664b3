/** The version the desk says it is; `test/desk/version.browser.test.ts` keeps it equal to the package's. */
export const version = '0.1.0';
