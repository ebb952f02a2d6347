import { ArgocdError } from '../argocd/ArgocdError';
import { toPublicText } from '../deployments/toPublicText';

/** What Argo CD told, or why it could not. */
export type Told<T> =
  | { readonly value: T; readonly failure?: undefined }
  | { readonly value?: undefined; readonly failure: ArgocdError };

/**
 * Waits for one of several answers of Argo CD's, each of which says something
 * by itself.
 *
 * @throws whatever is not a failure of Argo CD's.
 */
export async function settle<T>(answer: Promise<T>): Promise<Told<T>> {
  try {
    return { value: await answer };
  } catch (failure) {
    if (failure instanceof ArgocdError) {
      return { failure };
    }
    throw failure;
  }
}

/** Why something was not told, as a sentence for a person. */
export function whyUntold({ message }: ArgocdError): string {
  return `${toPublicText(message).replace(/\.$/, '')}.`;
}
