const MOST_LABELS = 12;

/**
 * How a label selector of one or two labels that these labels fulfil is
 * written: `a=1`, `a=1,b=2`, `b=2,a=1`. The catalog finds annotations by their
 * whole text only.
 */
export function selectorTexts(
  labels: Readonly<Record<string, string>>,
): string[] {
  const single = Object.entries(labels)
    .slice(0, MOST_LABELS)
    .map(([key, value]) => `${key}=${value}`);
  const pairs = single.flatMap(first =>
    single
      .filter(second => second !== first)
      .map(second => `${first},${second}`),
  );
  return [...single, ...pairs];
}
