/** The Content-Security-Policy under which the demo's pages run: everything from the own origin, Trusted Types enforced. The README tells clinics to paste the same. */

const policyNames = ['care-chat', 'care-desk'].flatMap((element) => ['html', 'purify', 'chunk'].map((policy) => `${element}#${policy}`));

/** Value of the header. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types ${policyNames.join(' ')}`,
].join('; ');
