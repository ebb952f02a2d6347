import { mockCredentials } from '@backstage/backend-test-utils';
import { type RegistrationChange } from '@callboard/backstage-plugin-gitops-common';
import request from 'supertest';

/** Asks the backend as a person does. */
export function portalApi(server: Parameters<typeof request>[0]) {
  const path = '/api/gitops/v1/registrations';
  const as = (user: string) =>
    mockCredentials.user.header(`user:default/${user}`);

  return {
    post: (body: object, user = 'maya') =>
      request(server).post(path).set('Authorization', as(user)).send(body),
    remove: (query: Record<string, string>, user = 'maya') =>
      request(server).delete(path).set('Authorization', as(user)).query(query),
    list: (entityRef: string, user = 'maya') =>
      request(server)
        .get(path)
        .set('Authorization', as(user))
        .query({ entityRef }),
    anonymously: () =>
      request(server)
        .post(path)
        .set('Authorization', mockCredentials.none.header())
        .send({}),
    asPlugin: () =>
      request(server)
        .post(path)
        .set('Authorization', mockCredentials.service.header())
        .send({}),
    async register(body: object): Promise<RegistrationChange> {
      const answer = await this.post(body);
      if (answer.status !== 200) {
        throw new TypeError(answer.text);
      }
      return answer.body;
    },
  };
}
