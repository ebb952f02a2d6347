import { readServerSentEvents } from './readServerSentEvents';

async function read(chunks: string[], maxEventBytes = 1_000) {
  async function* body() {
    for (const chunk of chunks) {
      yield new TextEncoder().encode(chunk);
    }
  }
  const events: string[] = [];
  let signsOfLife = 0;
  const onBytes = () => {
    signsOfLife += 1;
  };
  for await (const event of readServerSentEvents(body(), {
    maxEventBytes,
    onBytes,
  })) {
    events.push(event);
  }
  return { events, signsOfLife };
}

describe('readServerSentEvents', () => {
  it('reads events as Argo CD frames them, and its keep-alives', async () => {
    expect(
      await read([
        'data: {"result":1} \n\n\n',
        ':\n',
        'data: {"result":2} \n\n\n',
      ]),
    ).toEqual({
      events: ['{"result":1} ', '{"result":2} '],
      signsOfLife: 3,
    });
  });

  it('does not care where chunks begin and end', async () => {
    const text =
      'data: {"a":1}\r\n\r\ndata:{"b":"ä"}\r\ndata: more\r\n\r\n:\r\n';
    for (let size = 1; size < text.length; size += 1) {
      const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

      const { events } = await read(chunks);

      expect(events).toEqual(['{"a":1}', '{"b":"ä"}\nmore']);
    }
  });

  it('leaves out an event that was cut off', async () => {
    expect((await read(['data: {"a":1}\n\ndata: {"b"'])).events).toEqual([
      '{"a":1}',
    ]);
  });

  it('refuses an event without an end', async () => {
    await expect(read(Array(100).fill('x'.repeat(100)))).rejects.toMatchObject({
      failure: 'unreachable',
    });
  });
});
