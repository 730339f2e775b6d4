import type { KubeObject } from './kube-objects.ts';
import { writtenByProgram, yamlText } from './yaml-text.ts';

/** Where a placeholder stands decides how it is written. */
type Placeholder = (line: { readonly indent: string; readonly head: string }) => string;

const token = /PLACEHOLDER-(\d+)-/;

/**
 * Templates of a Helm chart, from the objects that Kustomize gets as they are: a value that a chart leaves open is a
 * placeholder, and becomes an action of the template when the object is written.
 */
export class ChartTemplate {
  readonly #placeholders: Placeholder[] = [];

  /** A scalar, as text with actions in it. */
  scalar(text: string): string {
    return this.#add(({ head }) => `${head}${text}`);
  }

  /** A map or list below its key. */
  block(value: string): string {
    return this.#add(
      ({ indent, head }) => `${head.trimEnd()}\n${indent}  {{- toYaml ${value} | nindent ${below(indent)} }}`,
    );
  }

  /** A map below its key, whose texts may hold actions. */
  templatedBlock(value: string): string {
    return this.block(`(tpl (toYaml ${value}) . | fromYaml)`);
  }

  /** A map or list that is left out with its key when it is empty. */
  optional(value: string): string {
    return this.#add(({ indent, head }) => {
      const body = `${head.trimEnd()}\n${indent}  {{- toYaml . | nindent ${below(indent)} }}`;
      return `${indent}{{- with ${value} }}\n${body}\n${indent}{{- end }}`;
    });
  }

  /** A scalar that is left out with its key when it is empty. */
  optionalScalar(value: string): string {
    return this.#add(({ indent, head }) => `${indent}{{- with ${value} }}\n${head}{{ . }}\n${indent}{{- end }}`);
  }

  /** Items of a list, as lines of a template. */
  items(...lines: readonly string[]): string {
    return this.#add(({ indent }) => lines.map((line) => `${indent}${line}`).join('\n'));
  }

  /** Items of a list that come from a value. */
  extraItems(value: string): string {
    return this.#add(
      ({ indent }) =>
        `${indent}{{- with ${value} }}\n${indent}{{- toYaml . | nindent ${String(indent.length)} }}\n${indent}{{- end }}`,
    );
  }

  /** The file of a chart; with a condition it is empty unless that holds. */
  file(objects: readonly KubeObject[], condition?: string): string {
    const lines = yamlText(objects)
      .trimEnd()
      .split('\n')
      .map((line) => this.#write(line));
    const guarded = condition === undefined ? lines : [`{{- if ${condition} }}`, ...lines, '{{- end }}'];
    return [`{{- /* ${writtenByProgram} */}}`, ...guarded, ''].join('\n');
  }

  #add(placeholder: Placeholder): string {
    this.#placeholders.push(placeholder);
    return `PLACEHOLDER-${String(this.#placeholders.length - 1)}-`;
  }

  #write(line: string): string {
    const [found, index] = token.exec(line) ?? [];
    if (found === undefined) return line;
    const at = line.indexOf(found);
    const indent = /^ */.exec(line)?.[0] ?? '';
    const placeholder = this.#placeholders[Number(index)];
    if (placeholder === undefined) throw new Error(`there is no placeholder for ${line}`);
    return placeholder({ indent, head: line.slice(0, at) });
  }
}

function below(indent: string): number {
  return indent.length + 2;
}
