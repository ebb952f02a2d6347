/** How Git, go-git and SSH say that a repository did not let them in. */
const REFUSALS: readonly RegExp[] = [
  /authentication (?:required|failed)/i,
  /authorization failed/i,
  // What Git hostings say of a private one, so that nobody learns that it is there.
  /repository not found/i,
  /could not read (?:username|password)/i,
  /permission denied \(/i,
  /unable to authenticate/i,
  /requested URL returned error: 40[13]/i,
];

/** Whether an error of Argo CD tells that credentials are missing, or refused. */
export function isAccessRefused(message: string): boolean {
  return REFUSALS.some(refusal => refusal.test(message));
}
