import { readLogLines } from './readLogLines';

const line = (content: string, more: object = {}) =>
  JSON.stringify({
    result: {
      content,
      timeStampStr: '2026-01-02T03:04:05.123456789Z',
      ...more,
    },
  });

describe('readLogLines', () => {
  it('reads the lines up to the last one, which is empty', () => {
    const stream = [
      line('Listening on 8080'),
      line('Stopping', { timeStampStr: '' }),
      line('', { last: true }),
    ].join('\n');

    expect(readLogLines(stream)).toEqual([
      { text: 'Listening on 8080', at: '2026-01-02T03:04:05.123456789Z' },
      { text: 'Stopping' },
    ]);
  });

  it('throws what Argo CD says where there is no line', () => {
    const stream = JSON.stringify({
      error: { http_code: 400, message: 'container "x" is not valid' },
    });

    expect(() => readLogLines(stream)).toThrow('container "x" is not valid');
  });

  it('keeps the lines before an error', () => {
    const stream = `${line('one')}\n{"error":{"message":"gone"}}\n`;

    expect(readLogLines(stream)).toHaveLength(1);
  });

  it('leaves out what it cannot read', () => {
    expect(readLogLines(`<html>\n${line('one')}\n{"result":`)).toHaveLength(1);
  });
});
