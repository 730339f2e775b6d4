import { createLogger } from './index.ts';
import type { Logger } from './index.ts';

function capture(): { logger: Logger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const logger = createLogger({ service: 'sample', destination: { write: (line) => written.push(line) } });
  return { logger, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('createLogger', () => {
  test('a change of the level reaches children that exist already', () => {
    const { logger, lines } = capture();
    const child = logger.child({ part: 'child' });
    child.debug({}, 'before');
    logger.level = 'debug';
    child.debug({}, 'after');
    expect(child.level).toBe('debug');
    expect(lines().map((line) => line['msg'])).toEqual(['after']);
    expect(lines()[0]).toMatchObject({ service: 'sample', part: 'child', level: 'debug' });
  });

  test('refuses a level it does not know and keeps the old one', () => {
    const { logger } = capture();
    expect(() => (logger.level = 'loud')).toThrow(RangeError);
    expect(logger.level).toBe('info');
  });

  test('a module has a level of its own, its children too, and no other module', () => {
    const { logger, lines } = capture();
    const [store, discovery] = [logger.child({ module: 'store' }), logger.child({ module: 'discovery' })];
    const kind = discovery.child({ kind: 'pods' });
    logger.levels.replace({ level: 'warn', modules: { discovery: 'debug' } });
    for (const each of [logger, store, discovery, kind]) each.debug({}, 'seen');
    expect(lines()).toMatchObject([{ module: 'discovery' }, { module: 'discovery', kind: 'pods' }]);
    logger.level = 'error';
    expect([store.level, discovery.level]).toEqual(['error', 'debug']);
    logger.levels.replace({ level: 'info', modules: {} });
    expect([logger.level, store.level, kind.level]).toEqual(['info', 'info', 'info']);
    expect(logger.levels.known).toEqual(['discovery', 'store']);
  });

  test('settings with an unknown module or level change nothing', () => {
    const { logger } = capture();
    logger.child({ module: 'store' });
    const { levels } = logger;
    expect(() => levels.replace({ level: 'debug', modules: { stroe: 'debug' } })).toThrow('known are: store');
    expect(() => levels.replace({ level: 'loud' as 'debug', modules: { store: 'debug' } })).toThrow(RangeError);
    expect(levels.settings).toEqual({ level: 'info', modules: {} });
    expect(logger.child({ module: 'store' }).level).toBe('info');
  });

  test('silent writes nothing, not even fatal', () => {
    const { logger, lines } = capture();
    logger.level = 'silent';
    logger.fatal({}, 'gone');
    expect(lines()).toEqual([]);
  });

  test('secrets never reach a line', () => {
    const { logger, lines } = capture();
    const secret = 'eyJhbGciOi.secret.value';
    const headers = { authorization: secret, cookie: secret };
    logger.info({ token: secret, headers, cluster: { kubeconfig: secret, password: secret } }, 'signed in');
    expect(JSON.stringify(lines())).not.toContain(secret);
    expect(lines()[0]).toMatchObject({ token: '[REDACTED]' });
  });
});
