import { existsSync } from 'node:fs';
import { NatsServer } from './nats-server.ts';
import { PostgresServer } from './postgres.ts';
import { runCommand } from './tools.ts';

describe('NatsServer', () => {
  test('keeps its ports over a kill, offers JetStream and leaves nothing behind', async () => {
    await using server = await NatsServer.start({ maxPayload: 4096 });
    const { pid } = server.process;
    const variables = async (): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${server.monitorUrl}/varz`);
      return (await answer.json()) as Record<string, unknown>;
    };
    expect(await variables()).toMatchObject({ port: server.port, max_payload: 4096, jetstream: { config: {} } });
    await server.kill();
    expect(() => server.process).toThrow('down');
    server.wipeStore();
    await server.up();
    expect(server.process.pid).not.toBe(pid);
    expect(await variables()).toMatchObject({ port: server.port });
    expect(existsSync(server.folder)).toBe(true);
    await server.stop();
    expect(existsSync(`/proc/${String(pid)}`)).toBe(false);
    expect(existsSync(server.folder)).toBe(false);
  });
});

describe('PostgresServer', () => {
  test('answers SQL, keeps data over a kill and leaves nothing behind', async () => {
    await using server = await PostgresServer.start();
    const sql = (text: string): Promise<string> => runCommand('psql', [server.url, '-Atc', text]);
    await sql('create table kept (n int); insert into kept values (42)');
    await server.kill();
    await server.up();
    expect((await sql('select n from kept')).trim()).toBe('42');
    expect(existsSync(server.folder)).toBe(true);
    await server.stop();
    expect(existsSync(server.folder)).toBe(false);
  });
});
