import { isMesheryError } from '@meshery/errors';
import { parseNatsAddress } from './nats-address.ts';

test.each([
  ['host', { server: 'host:4222', tls: false }],
  ['host:5000', { server: 'host:5000', tls: false }],
  ['nats://tok%2Fen@host', { server: 'host:4222', tls: false, token: 'tok/en' }],
  ['token@host:4222', { server: 'host:4222', tls: false, token: 'token' }],
  ['tls://user:pass@host:4223', { server: 'host:4223', tls: true, user: 'user', password: 'pass' }],
  ['nats://[::1]:4222', { server: '[::1]:4222', tls: false }],
])('%s is read', (text, address) => {
  expect(parseNatsAddress(text)).toEqual(address);
});

test.each(['http://secret@host', '', 'nats://', 'nats://secret@host:notaport', 'nats://secret%zz@host'])(
  '%j is refused without repeating it',
  (text) => {
    try {
      parseNatsAddress(text);
      throw new Error('accepted');
    } catch (error) {
      expect(isMesheryError(error) && error.code).toBe('meshery-config-1100');
      expect((error as Error).message).not.toContain('secret');
    }
  },
);
