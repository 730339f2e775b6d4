import { useTranslations } from 'next-intl';
import type { ListedProvider } from '../../api/providers.ts';

/** Plain links and a plain form: the browser follows the answer of the server, which sets the cookies. */
export interface LocalSectionProps {
  readonly issuers: NonNullable<ListedProvider['properties']['issuers']>;
  /** The path to go to afterwards; without it the server goes where it was asked for before. */
  readonly next: string | undefined;
}

/** The ways to sign in that this server has of its own. */
export function LocalSection({ issuers, next }: LocalSectionProps) {
  const t = useTranslations('local');
  const query = next === undefined ? '' : `?${new URLSearchParams({ next }).toString()}`;
  return (
    <section aria-labelledby="local">
      <h2 id="local">{t('title')}</h2>
      {issuers.map(({ name, path }) => (
        <a key={path} className="button primary wide" href={`${path}${query}`}>
          {t('with', { name })}
        </a>
      ))}
      {issuers.length === 0 ? <p className="quiet">{t('intro')}</p> : <p className="divider">{t('or')}</p>}
      <form method="get" action="/auth/local">
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <label htmlFor="code">{t('code')}</label>
        <div className="row">
          <input id="code" name="code" required autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} />
          <button type="submit" className={issuers.length === 0 ? 'button primary' : 'button'}>
            {t('submit')}
          </button>
        </div>
      </form>
      <CodeHelp />
    </section>
  );
}

function CodeHelp() {
  const t = useTranslations('local');
  return (
    <details>
      <summary>{t('help')}</summary>
      <ul>
        <li>{t.rich('helpStart', { command: () => <code>npm start</code> })}</li>
        <li>{t('helpInvited')}</li>
        <li>{t('helpContainer')}</li>
      </ul>
    </details>
  );
}
