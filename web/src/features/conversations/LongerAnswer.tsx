import { useQueryClient } from '@tanstack/react-query';
import { Button, Paragraph } from '@utrecht/component-library-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Conversation, SpokenText } from '../../api/types';
import { useAnnounce } from '../../ui/LiveRegion';
import { ErrorMessage } from '../../ui/Message';
import { SelectField } from '../../ui/SelectField';

interface LongerAnswerProps {
  conversation: Conversation;
  until: string;
  onDone: () => void;
}

interface FormProps extends LongerAnswerProps {
  participantId: string;
}

/** The question to read out, then yes or no: two buttons that weigh the same. */
function ReadOut({ conversation, participantId, until, onDone }: FormProps) {
  const { t, i18n } = useTranslation('roster');
  const announce = useAnnounce();
  const queryClient = useQueryClient();
  const [language, setLanguage] = useState(i18n.language);
  const path = '/conversations/{conversationId}/participants/{participantId}/longer';
  const params = { path: { conversationId: conversation.id, participantId } };
  const { data, error } = api.useQuery(
    'get',
    path,
    { params: { ...params, query: { language } } },
    { placeholderData: (before: SpokenText | undefined) => before },
  );
  const answer = api.useMutation('post', path, {
    onSuccess: async () => {
      announce(t('answer.done'));
      onDone();
      await queryClient.invalidateQueries();
    },
  });
  if (!data) return error ? <ErrorMessage error={error} /> : null;
  const say = (choice: 'yes' | 'no') =>
    answer.mutate({ params, body: { choice, method: 'spoken', until, language: data.language } });
  return (
    <>
      <SelectField
        label={t('answer.language')}
        options={data.languages.map(({ tag, name }) => [tag, name] as const)}
        value={data.language}
        onChange={setLanguage}
      />
      <Paragraph>{t('answer.read')}</Paragraph>
      <blockquote className="vs-read-out" lang={data.language} dir={data.direction}>
        {data.text}
      </blockquote>
      {answer.error && <ErrorMessage error={answer.error} />}
      <div className="vs-actions">
        {(['yes', 'no'] as const).map((choice) => (
          <Button
            key={choice}
            appearance="secondary-action-button"
            disabled={answer.isPending}
            onClick={() => say(choice)}
          >
            {t(`answer.${choice}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

/** An answer that was spoken, registered by the klantmanager. */
export function LongerAnswer(props: LongerAnswerProps) {
  const { t } = useTranslation(['roster', 'conversations']);
  const [who, setWho] = useState('');
  const people = props.conversation.participants.filter(({ registerLonger }) => registerLonger);
  if (people.length === 0) return null;
  return (
    <>
      <SelectField
        label={t('longer.who')}
        options={[
          ['', t('longer.choose')],
          ...people.map(({ id, role }) => [id, t(`conversations:roles.${role}`)] as const),
        ]}
        value={who}
        onChange={setWho}
      />
      {who && <ReadOut key={who} {...props} participantId={who} />}
    </>
  );
}
