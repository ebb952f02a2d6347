/**
 * The name under which an operation tells who asked for it. Argo CD itself only
 * knows the portal's account.
 */
export const REQUESTED_BY = 'Requested-by';
