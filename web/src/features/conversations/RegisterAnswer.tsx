import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Participant, Scope, SpokenText } from '../../api/types';
import { Dialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { OneOf } from '../../ui/OneOf';
import { Placeholder } from '../../ui/Placeholder';
import { SelectField } from '../../ui/SelectField';
import { Tick } from './Tick';

interface RegisterAnswerProps {
  conversationId: string;
  participant: Participant;
}

const methods = ['spoken', 'paper', 'telephone'] as const;
type Method = (typeof methods)[number];

interface FormProps extends RegisterAnswerProps {
  text: SpokenText;
  onLanguage: (language: string) => void;
  onClose: () => void;
}

/** Read out, then yes or no: two buttons that weigh the same. */
function AnswerForm({ conversationId, participant, text, onLanguage, onClose }: FormProps) {
  const { t } = useTranslation(['roster', 'app']);
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [method, setMethod] = useState<Method>(participant.telephone ? 'telephone' : 'spoken');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const answer = api.useMutation(
    'post',
    '/conversations/{conversationId}/participants/{participantId}/answer',
    {
      onSuccess: async () => {
        announce(t('answer.done'));
        onClose();
        await queryClient.invalidateQueries();
      },
    },
  );
  const params = { path: { conversationId, participantId: participant.id } };
  const how = method === 'paper' ? ('paper' as const) : ('spoken' as const);
  const yes = () =>
    answer.mutate({
      params,
      body: {
        choice: 'yes',
        method: how,
        byTelephone: method === 'telephone',
        language: text.language,
        textVersion: method === 'paper' ? text.paperVersion : text.version,
        scopes: participant.telephone ? [] : [...scopes],
      },
    });
  return (
    <div className="vs-form">
      {!participant.telephone && (
        <OneOf
          name="method"
          legend={t('answer.how')}
          options={methods.map((value) => [value, t(`answer.${value}`)] as const)}
          value={method}
          missing={false}
          onChange={(value) => setMethod(methods.find((known) => known === value) ?? 'spoken')}
        />
      )}
      <SelectField
        label={t('answer.language')}
        options={text.languages.map(({ tag, name }) => [tag, name] as const)}
        value={text.language}
        onChange={onLanguage}
      />
      {method === 'paper' ? (
        <Paragraph>{t('answer.paperHow', { version: text.paperVersion })}</Paragraph>
      ) : (
        <div>
          <Paragraph>{t('answer.read')}</Paragraph>
          <blockquote className="vs-read-out" lang={text.language} dir={text.direction}>
            {text.text}
          </blockquote>
        </div>
      )}
      {!participant.telephone && (
        <fieldset className="vs-fieldset">
          <legend className="vs-fieldset__legend">{t('answer.scopes')}</legend>
          {text.scopes.map((scope) => (
            <Tick
              key={scope}
              checked={scopes.includes(scope)}
              onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
            >
              {t(`answer.scope.${scope}`)}
            </Tick>
          ))}
        </fieldset>
      )}
      {answer.error && <ErrorMessage error={answer.error} />}
      <div className="vs-actions">
        <Button appearance="secondary-action-button" disabled={answer.isPending} onClick={yes}>
          {t('answer.yes')}
        </Button>
        <Button
          appearance="secondary-action-button"
          disabled={answer.isPending}
          onClick={() => answer.mutate({ params, body: { choice: 'no', method: how } })}
        >
          {t('answer.no')}
        </Button>
        <Button appearance="subtle-button" onClick={onClose}>
          {t('app:back')}
        </Button>
      </div>
    </div>
  );
}

function AnswerDialog(props: RegisterAnswerProps & { title: string; onClose: () => void }) {
  const { conversationId, participant, title, onClose } = props;
  const { i18n } = useTranslation();
  const [language, setLanguage] = useState(i18n.language);
  const { data, error } = api.useQuery(
    'get',
    '/conversations/{conversationId}/participants/{participantId}/spoken',
    { params: { path: { conversationId, participantId: participant.id }, query: { language } } },
    { placeholderData: (before: SpokenText | undefined) => before },
  );
  return (
    <Dialog title={title} onClose={onClose}>
      {error && <ErrorMessage error={error} />}
      {!data && !error && <Placeholder size="card" />}
      {data && <AnswerForm {...props} text={data} onLanguage={setLanguage} />}
    </Dialog>
  );
}

/** A yes or no that was spoken or written, registered by the klantmanager. */
export function RegisterAnswer({ conversationId, participant }: RegisterAnswerProps) {
  const { t } = useTranslation(['roster', 'conversations']);
  const [open, setOpen] = useState(false);
  if (!participant.register) return null;
  const title = t('answer.button', { role: t(`conversations:roles.${participant.role}`) });
  return (
    <div className="vs-actions">
      <Button appearance="secondary-action-button" onClick={() => setOpen(true)}>
        {title}
      </Button>
      {open && (
        <AnswerDialog
          conversationId={conversationId}
          participant={participant}
          title={title}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
