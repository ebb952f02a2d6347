import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readArgocdConfig } from '.';

const read = (instances: object[], others: object = {}, gitops?: object) =>
  readArgocdConfig(
    new ConfigReader({
      argocd: { ...others, appLocatorMethods: [{ type: 'config', instances }] },
      ...(gitops && { gitops }),
    } as never),
  );
const main = { name: 'main', url: 'https://argocd.acme.test/' };

describe('readArgocdConfig', () => {
  it('reads a token, and addresses for people and for calls', () => {
    expect(
      read(
        [
          {
            ...main,
            frontendUrl: 'https://argocd.acme.example',
            token: 'secret',
          },
        ],
        {},
        { argocd: { apiUrls: { main: 'http://argocd-server.argocd/' } } },
      ),
    ).toEqual([
      {
        name: 'main',
        url: 'https://argocd.acme.example',
        apiUrl: 'http://argocd-server.argocd',
        auth: { token: 'secret' },
      },
    ]);
  });

  it('reads which applications an instance is asked for', () => {
    const scopes = { main: { projects: ['shop'], selector: 'team=shop' } };

    const [instance] = read(
      [{ ...main, token: 'secret' }],
      {},
      { argocd: { scopes } },
    );

    expect(instance?.scope).toEqual(scopes.main);
  });

  it('reads user name and password, of the instance or of all', () => {
    const instances = read(
      [
        { ...main, username: 'me', password: 'mine' },
        { name: 'us', url: 'https://argocd-us.acme.test' },
      ],
      { username: 'all', password: 'ours' },
    );

    expect(instances.map(({ auth }) => auth)).toEqual([
      { username: 'me', password: 'mine' },
      { username: 'all', password: 'ours' },
    ]);
    expect(instances[0]).toMatchObject({
      url: 'https://argocd.acme.test',
      apiUrl: 'https://argocd.acme.test',
    });
  });

  it("leaves other plugins' keys and methods alone", () => {
    expect(
      readArgocdConfig(
        new ConfigReader({
          argocd: {
            revisionsToLoad: 3,
            appLocatorMethods: [
              { type: 'kubernetes' },
              {
                type: 'config',
                instances: [{ ...main, token: 't', dashboardUrl: 'x' }],
              },
            ],
          },
        }),
      ),
    ).toHaveLength(1);
  });

  it('has no instances without an argocd block', () => {
    expect(readArgocdConfig(new ConfigReader({}))).toEqual([]);
  });

  it.each([
    [
      'no credentials',
      [main],
      'argocd.appLocatorMethods[0].instances[0] has no credentials; set argocd.appLocatorMethods[0].instances[0].token, or username and password',
    ],
    [
      'no password',
      [{ ...main, username: 'me' }],
      'argocd.appLocatorMethods[0].instances[0].password is missing',
    ],
    [
      'a wrong address',
      [{ ...main, url: 'argocd', token: 't' }],
      'argocd.appLocatorMethods[0].instances[0].url must be a web address',
    ],
    [
      'the same name twice',
      [
        { ...main, token: 't' },
        { ...main, token: 't' },
      ],
      'argocd.appLocatorMethods[0].instances[1].name is "main", like argocd.appLocatorMethods[0].instances[0].name',
    ],
    [
      'no name',
      [{ url: 'https://argocd.acme.test', token: 't' }],
      'argocd.appLocatorMethods[0].instances[0].name is missing',
    ],
  ])('refuses %s', (_, instances, message) => {
    expect(() => read(instances)).toThrow(InputError);
    expect(() => read(instances)).toThrow(message);
  });

  it('refuses an address for an instance that does not exist', () => {
    expect(() =>
      read(
        [{ ...main, token: 't' }],
        {},
        {
          argocd: { apiUrls: { man: 'http://x' } },
        },
      ),
    ).toThrow('gitops.argocd.apiUrls.man names no instance');
  });

  it.each([
    [{ us: {} }, /gitops\.argocd\.scopes\.us names no instance.*main/],
    [{ main: { project: 'shop' } }, /gitops\.argocd\.scopes\.main.*project/],
    [{ main: { selector: '' } }, /scopes\.main\.selector must not be empty/],
  ])('refuses scopes such as %j', (scopes, message) => {
    expect(() =>
      read([{ ...main, token: 't' }], {}, { argocd: { scopes } }),
    ).toThrow(message);
  });

  it('never repeats a secret', () => {
    expect(() =>
      read([{ ...main, url: 'https://u:hunter2@x', token: 'hunter3' }]),
    ).toThrow(/^(?!.*hunter).*$/s);
  });
});
