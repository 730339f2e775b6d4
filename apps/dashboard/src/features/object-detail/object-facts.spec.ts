import { objectFacts } from './object-facts.ts';

describe('objectFacts', () => {
  it('reads metadata, owners and conditions', () => {
    const facts = objectFacts({
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: {
        name: 'web',
        labels: { app: 'web' },
        ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1', uid: 'u1', controller: true }],
      },
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Crash' }] },
    });
    expect(facts.labels).toEqual([['app', 'web']]);
    expect(facts.owners).toEqual([{ kind: 'ReplicaSet', name: 'web-1', uid: 'u1', controller: true }]);
    expect(facts.conditions).toEqual([{ type: 'Ready', status: 'False', reason: 'Crash', message: '' }]);
  });

  it.each([undefined, null, 7, 'x', [], { metadata: 'x', status: { conditions: {} } }])('survives %j', (value) => {
    expect(objectFacts(value)).toMatchObject({ name: '', labels: [], owners: [], conditions: [] });
  });
});
