// RFC 1123: what Kubernetes accepts as the name of an Application (a
// subdomain), and of a namespace (a label; a subset of it).
const DNS_1123_SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Whether the text can be the name of a Kubernetes object. Names come from
 * annotations and from Argo CD; only valid ones may become part of a request.
 */
export function isKubernetesName(text: string): boolean {
  return text.length <= 253 && DNS_1123_SUBDOMAIN.test(text);
}
