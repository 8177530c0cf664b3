/** The version this code says it is; `test/element/version.browser.test.ts` keeps it equal to the package's. */
export const version = '0.1.0';
