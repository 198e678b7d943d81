import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentText, Participation, ParticipationChoice, Scope } from '../../api/types';
import { Message } from '../../ui/Message';

interface AskedFormProps {
  participation: Participation;
  text: ConsentText;
  busy: boolean;
  onChoose: (choice: ParticipationChoice) => void;
}

/** The text that everyone reads, and yes or no: two buttons that weigh the same. */
export function AskedForm({ participation, text, busy, onChoose }: AskedFormProps) {
  const { t } = useTranslation('roster');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const toggle = (scope: Scope, on: boolean) =>
    setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope));
  return (
    <div className="vs-form" lang={text.language}>
      <Paragraph>{t('mine.why')}</Paragraph>
      {participation.late && <Message type="info">{t('mine.late')}</Message>}
      {text.intro.map((line) => (
        <Paragraph key={line}>{line}</Paragraph>
      ))}
      {text.sections.map(({ heading, answer, paragraphs }) => (
        <section key={heading}>
          <h2 className="utrecht-heading-3">{heading}</h2>
          {answer && (
            <Paragraph>
              <strong>{answer}</strong>
            </Paragraph>
          )}
          {paragraphs.map((line) => (
            <Paragraph key={line}>{line}</Paragraph>
          ))}
        </section>
      ))}
      <Paragraph>{text.limits}</Paragraph>
      <fieldset className="vs-fieldset">
        <legend className="vs-fieldset__legend">{text.scopesAsk}</legend>
        <p>
          {text.scopesFree} {text.scopesWait}
        </p>
        {text.scopes.map(({ scope, sentence }) => (
          <label key={scope} className="vs-check">
            <input
              type="checkbox"
              checked={scopes.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
            />
            {sentence}
          </label>
        ))}
      </fieldset>
      <div className="vs-actions">
        <Button
          appearance="secondary-action-button"
          disabled={busy}
          onClick={() =>
            onChoose({
              choice: 'yes',
              language: text.language,
              textVersion: text.version,
              scopes: [...scopes],
            })
          }
        >
          {text.yes}
        </Button>
        <Button
          appearance="secondary-action-button"
          disabled={busy}
          onClick={() => onChoose({ choice: 'no' })}
        >
          {text.no}
        </Button>
      </div>
    </div>
  );
}
