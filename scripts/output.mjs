// What the scripts say.
const startedAt = Date.now();

/** Runs `work`, says what is being done, that it still is, and how it ended. */
export async function step(title, work) {
  const began = Date.now();
  console.log(`• ${title} …`);
  const stillAt = setInterval(
    () => console.log(`  … ${seconds(began)} s`),
    15_000,
  );
  try {
    const result = await work();
    console.log(`✓ ${title} (${seconds(began)} s)`);
    return result;
  } catch (error) {
    console.log(`✗ ${title} (${seconds(began)} s)`);
    throw error;
  } finally {
    clearInterval(stillAt);
  }
}

/** Whole seconds since `began`, or since the script was started. */
export function seconds(began = startedAt) {
  return Math.round((Date.now() - began) / 1000);
}

/** Ends the script: the message of a failure that was foreseen, else the stack. */
export function fail(error) {
  console.error(
    error?.constructor?.name === 'SetupError'
      ? `\n${error.message}`
      : error?.stack ?? error,
  );
  process.exit(1);
}
