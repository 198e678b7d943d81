import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ProtocolChoice } from '../../features/protocols/ProtocolChoice';
import { useProtocols } from '../../features/protocols/useProtocols';
import { PlanForm } from '../../features/sessions/PlanForm';
import type { PlanForm as Form } from '../../features/sessions/planForm';
import { useMe } from '../../features/sign-in/useMe';
import { Asked } from '../../ui/Asked';

interface SessionFormProps {
  first: Form;
  isNew: boolean;
  saving: boolean;
  error: unknown;
  onSave: (form: Form) => void;
}

/** The form of a session, with whom and what there is to choose from. */
export function SessionForm(props: SessionFormProps) {
  const { t } = useTranslation('sessions');
  const { data: me } = useMe();
  const protocols = useProtocols();
  const people = api.useQuery('get', '/people', {});
  return (
    <Asked query={protocols}>
      {({ items }) => (
        <Asked query={people}>
          {(others) => (
            <PlanForm
              {...props}
              protocols={items}
              people={others.items}
              selfId={me?.id ?? ''}
              choice={(field) => <ProtocolChoice legend={t('form.protocol.legend')} {...field} />}
            />
          )}
        </Asked>
      )}
    </Asked>
  );
}
