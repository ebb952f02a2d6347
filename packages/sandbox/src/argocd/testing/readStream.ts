/** What a stream sends until its text is as wished, or it ends. */
export async function readStream(
  response: Response,
  isWished: (text: string) => boolean,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (!response.body) return text;
  for await (const chunk of response.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (isWished(text)) return text;
  }
  return text;
}
