import { NatsServer, issue, newAuthority } from '@meshery/testing';
import { EgressClient } from '../../egress/egress-client.ts';
import { dialBroker } from './broker-dial.ts';

const authority = newAuthority('brokers');
const name = 'turns.example.com';

let broker: NatsServer;
beforeAll(async () => {
  const { certificatePem, keyPem } = issue(authority, { subject: { commonName: 'broker' }, names: [name] });
  broker = await NatsServer.start({ tls: { certificatePem, keyPem } });
});
afterAll(() => broker.stop());

/** What is called for users, where names have these addresses, one after the other. */
function egress(allowsPrivate: boolean, ...answers: string[]): EgressClient {
  return new EgressClient({ allowsPrivate }, (_name, _options, callback) => {
    callback(null, [{ address: answers.shift() ?? '127.0.0.1', family: 4 }]);
  });
}

const place = () => ({ url: `tls://${name}:${String(broker.port)}`, token: '', ca: authority.certificatePem });

test('a broker is dialled at the address that was looked at, and known by its name', async () => {
  const dial = await dialBroker(egress(true, '127.0.0.1', '192.0.2.1'), place());
  expect(dial.version).toMatch(/^2\./);
  await dial.close();
});

test('a broker whose name means this machine is not dialled where that is not allowed', async () => {
  await expect(dialBroker(egress(false), place())).rejects.toMatchObject({ code: 'meshery-connection-1704' });
});
