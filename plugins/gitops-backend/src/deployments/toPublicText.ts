const MAX_LENGTH = 600;

const SECRETS: readonly RegExp[] = [
  // Credentials within an address.
  /(?<=\/\/)[^/\s@]+@/g,
  /(?<=\b(?:bearer|token|basic)\s+)[\w.~+/=-]{12,}/gi,
  // JSON web tokens.
  /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  // Tokens of GitHub and GitLab.
  /\b(?:gh[oprsu]_|github_pat_|glpat-)[\w-]{10,}/g,
];

/**
 * Makes a message of another system fit to be read by everybody who may see
 * the entity: on one line, of bearable length, without credentials, which
 * error messages sometimes quote.
 */
export function toPublicText(text: string): string {
  const safe = withoutSecrets(text)
    // Control characters, too: PostgreSQL takes no NUL.
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return safe.length > MAX_LENGTH ? `${safe.slice(0, MAX_LENGTH)}…` : safe;
}

/** A text of another system without the credentials in it. */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((all, secret) => all.replace(secret, '…'), text);
}
