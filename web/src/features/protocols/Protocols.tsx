import { Heading2, Heading3, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { Trans } from 'react-i18next';
import type { Protocol } from '../../api/types';
import { Asked } from '../../ui/Asked';
import { ProtocolSteps } from './ProtocolSteps';
import { useProtocols } from './useProtocols';
import { useProtocolWords } from './useProtocolWords';

/** How a municipality adds one of its own. */
function HowToAdd() {
  const { t } = useProtocolWords();
  return (
    <details className="vs-links">
      <summary>{t('own.title')}</summary>
      <ol className="vs-protocol-how">
        {(['copy', 'put', 'start', 'wrong'] as const).map((step) => (
          <li key={step}>
            <Trans t={t} i18nKey={`own.${step}`} components={{ code: <code /> }} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function OneProtocol({ protocol }: { protocol: Protocol }) {
  const words = useProtocolWords();
  const { t } = words;
  const facts = [
    ['duration', words.about(protocol)],
    ['who', `${words.people(protocol)}. ${words.leader(protocol)}.`],
    ['fragments', t(protocol.choose ? 'cases.choose' : `cases.${protocol.cases}`)],
    ['origin', protocol.file ? t('origin.own', { name: protocol.file }) : t('origin.builtin')],
  ] as const;
  return (
    <section aria-labelledby="protocol" className="vs-section">
      <Heading2 id="protocol">{words.text(protocol.name)}</Heading2>
      <Paragraph>{words.text(protocol.about)}</Paragraph>
      <dl className="vs-facts vs-protocol-facts">
        {facts.map(([fact, says]) => (
          <div key={fact}>
            <dt>{t(`facts.${fact}`)}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <Heading3>{t('steps')}</Heading3>
      <ProtocolSteps protocol={protocol} detailed />
    </section>
  );
}

function Chosen({ items }: { items: readonly Protocol[] }) {
  const { t, text } = useProtocolWords();
  const [id, setId] = useState<string>();
  const chosen = items.find((protocol) => protocol.id === id) ?? items[0];
  return (
    <>
      <ul className="vs-forms" aria-label={t('title')}>
        {items.map((protocol) => (
          <li key={protocol.id}>
            <button type="button" aria-pressed={protocol === chosen} onClick={() => setId(protocol.id)}>
              {text(protocol.name)}
              {protocol.origin === 'own' && <span className="vs-subtle"> {t('ours')}</span>}
            </button>
          </li>
        ))}
      </ul>
      <HowToAdd />
      {chosen && <OneProtocol protocol={chosen} />}
    </>
  );
}

/** "Werkvormen": what a session can follow, to read; they are files. */
export function Protocols() {
  const query = useProtocols();
  return <Asked query={query}>{({ items }) => <Chosen items={items} />}</Asked>;
}
