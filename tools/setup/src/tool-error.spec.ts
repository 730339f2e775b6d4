import { MesheryError } from '@meshery/errors';
import { ToolError, describeError } from './tool-error.ts';

test.each([
  ['an error of the tools', new ToolError('no room', 'Make some.'), 'no room\n  Make some.'],
  [
    'an error of the product',
    new MesheryError('meshery-core-1001', 'no room', { remedy: 'Make some.' }),
    'no room\n  Make some.',
  ],
  ['one without a remedy', new MesheryError('meshery-core-1001', 'no room'), 'no room'],
  ['a cause', new Error('no room', { cause: new Error('full') }), 'no room\n  because: full'],
])('%s is told with what to do', (_, error, text) => {
  expect(describeError(error)).toBe(text);
});
