import { readLimited } from './readLimited';

async function* body(...chunks: Uint8Array[]) {
  yield* chunks;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('readLimited', () => {
  it('reads what is as long as it may be', async () => {
    expect(await readLimited(body(bytesOf('ab'), bytesOf('cd')), 4)).toBe(
      'abcd',
    );
    expect(await readLimited(null, 0)).toBe('');
  });

  it('puts a letter together that came in two pieces', async () => {
    const [first = 0, second = 0] = bytesOf('é');

    expect(
      await readLimited(body(Uint8Array.of(first), Uint8Array.of(second)), 2),
    ).toBe('é');
  });

  it('reads no further than it may', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield bytesOf('abc');
      }
    }

    await expect(readLimited(endless(), 10)).rejects.toMatchObject({
      failure: 'unreachable',
      detail: 'more than 10 bytes',
    });
    expect(read).toBe(4);
  });
});
