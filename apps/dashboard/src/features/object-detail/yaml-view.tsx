'use client';

import CheckOutlined from '@mui/icons-material/CheckOutlined';
import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useTranslations } from 'next-intl';
import { memo, useEffect, useMemo, useState } from 'react';
import { yamlTokens } from './yaml-lines.ts';
import styles from './yaml-view.module.css';

/** Longer texts are shown without colours: a node per piece would make the page slow. */
const colouredLines = 3_000;

/** The YAML of a value; its library is loaded when the first is wanted. */
function useYaml(value: unknown): string | undefined {
  const [yaml, setYaml] = useState<string>();
  useEffect(() => {
    let current = true;
    void import('./to-yaml.ts').then(({ toYaml }) => {
      if (current) setYaml(toYaml(value));
    });
    return () => {
      current = false;
    };
  }, [value]);
  return yaml;
}

function CopyButton({ text }: { text: string }) {
  const t = useTranslations();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const icon = copied ? <CheckOutlined fontSize="inherit" /> : <ContentCopy fontSize="inherit" />;
  return (
    <Button startIcon={icon} onClick={() => void copy()}>
      <span aria-live="polite">{copied ? t('app.copied') : t('object.copyYaml')}</span>
    </Button>
  );
}

const Lines = memo(function Lines({ text }: { text: string }) {
  const lines = text.split('\n');
  if (lines.length > colouredLines) return text;
  return lines.map((line, number) => (
    <span key={number}>
      {yamlTokens(line).map((token, index) => (
        <span key={index} className={styles[token.type]}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  ));
});

/** The whole object as YAML, with a button to copy it. */
export function YamlView({ value }: { value: unknown }) {
  const t = useTranslations('object');
  const yaml = useYaml(value);
  const body = useMemo(() => (yaml === undefined ? undefined : <Lines text={yaml.trimEnd()} />), [yaml]);
  if (yaml === undefined) return <Skeleton variant="rounded" sx={{ m: 2, height: 320 }} />;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, flex: 1 }}>
      <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 2, pt: 1 }}>
        <CopyButton text={yaml} />
      </Box>
      <pre className={styles['yaml']} tabIndex={0} role="region" aria-label={t('yamlText')}>
        {body}
      </pre>
    </Box>
  );
}
