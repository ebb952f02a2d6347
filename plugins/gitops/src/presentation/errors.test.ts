import { ResponseError } from '@backstage/errors';
import {
  explainError,
  explainPartError,
  explainRefusal,
  isTransient,
} from './errors';

function responseError(statusCode: number, message = 'Because') {
  return ResponseError.fromResponse(
    Response.json(
      { error: { name: 'E', message }, response: { statusCode } },
      { status: statusCode },
    ),
  );
}

describe('explainError', () => {
  it.each([
    [401, 'signed-out', /sign in again/],
    [403, 'not-allowed', /gitops\.deployment\.read/],
    [404, 'unknown-entity', /^Because\. .*gitops-backend/],
    [500, 'failed', /^Because\. The page tries again/],
    [503, 'failed', /^Because\./],
  ])('puts a %i into words', async (status, kind, words) => {
    const view = explainError(await responseError(status));

    expect(view.kind).toBe(kind);
    expect(view.description).toMatch(words);
  });

  it('knows a backend that nobody has configured', async () => {
    const error = await responseError(
      503,
      'Deployments are not configured: gitops.environments missing',
    );

    expect(explainError(error).kind).toBe('not-configured');
  });

  it('tells a backend that fails from one that is out of reach', () => {
    const view = explainError(new TypeError('Failed to fetch'));

    expect(view.title).toMatch(/cannot be reached/);
    expect(view.description).toMatch(
      /^Failed to fetch\. Check your connection/,
    );
  });
});

describe('isTransient', () => {
  it('asks again only where that may help', async () => {
    expect(isTransient(await responseError(403))).toBe(false);
    expect(isTransient(await responseError(502))).toBe(true);
    expect(isTransient(new TypeError('Failed to fetch'))).toBe(true);
  });
});

describe('explainPartError', () => {
  it.each([
    [401, /session has ended/, /sign in again/],
    [403, /^You may not see this: the events$/, /^Because\. Ask/],
    [404, /^The events: not found/, /^Because\. It may have just been removed/],
    [502, /^The events: the portal got no answer/, /^Because\. Try again/],
  ])('puts a %i into words', async (status, title, description) => {
    const view = explainPartError(await responseError(status), 'The events');

    expect(view.title).toMatch(title);
    expect(view.description).toMatch(description);
  });

  it('knows a backend that is out of reach', () => {
    expect(
      explainPartError(new TypeError('Failed to fetch'), 'The events'),
    ).toEqual({
      title: 'The events: the portal’s backend cannot be reached',
      description: 'Failed to fetch. Check your connection, then try again.',
    });
  });
});

describe('a right that the portal lacks in Argo CD', () => {
  it('is nothing to try again', async () => {
    const message = 'Whoever runs Argo CD has to give it';
    const body = {
      error: { name: 'ArgocdError', failure: 'forbidden', message },
    };
    const error = await ResponseError.fromResponse(
      Response.json(
        { ...body, response: { statusCode: 502 } },
        { status: 502 },
      ),
    );

    expect(explainPartError(error, 'The log')).toEqual({
      title: 'The log: the portal lacks a right in Argo CD',
      description: `${message}.`,
    });
    expect(isTransient(error)).toBe(false);
  });
});

describe('explainRefusal', () => {
  it('says what the backend said', async () => {
    expect(explainRefusal(await responseError(409, 'It runs already.'))).toBe(
      'It runs already.',
    );
    expect(explainRefusal(new TypeError('Failed to fetch'))).toMatch(
      /cannot be reached: Failed to fetch\.$/,
    );
  });
});
