import { parseArguments } from './cli-arguments.ts';

describe('the command line', () => {
  test('has a command with a name and a number of nodes', () => {
    expect(parseArguments(['up', '--nodes', '2', '--name', 'demo'])).toEqual({ command: 'up', name: 'demo', nodes: 2 });
    expect(parseArguments(['--name=demo', 'down'])).toEqual({ command: 'down', name: 'demo', nodes: undefined });
    expect(parseArguments(['up', '--network-policies'])).toMatchObject({ networkPolicies: true });
    expect(parseArguments(['status'])).toEqual({ command: 'status', name: undefined, nodes: undefined });
  });

  test.each([[[]], [['--help']], [['up', '-h']]])('shows help for %j', (args) => {
    expect(parseArguments(args).command).toBe('help');
  });

  test.each([
    [['raise']],
    [['up', 'extra']],
    [['up', '--nodes', '4']],
    [['up', '--nodes', 'two']],
    [['up', '--node', '1']],
    [['up', '--nodes']],
  ])('refuses %j and shows the usage', (args) => {
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({ remedy: expect.stringContaining('usage:') }));
  });
});
