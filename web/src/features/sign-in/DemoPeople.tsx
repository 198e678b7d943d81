import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import type { Settings } from '../../api/types';
import { ErrorMessage } from '../../ui/Message';
import { announceSession } from './session';

interface DemoPeopleProps {
  people: Settings['people'];
  returnPath: string;
}

/** The demo's sign-in: choose who you are. */
export function DemoPeople({ people, returnPath }: DemoPeopleProps) {
  const { t } = useTranslation('signIn');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const login = api.useMutation('post', '/login', {
    onSuccess: () => {
      announceSession();
      queryClient.clear();
      void navigate(returnPath, { replace: true });
    },
  });
  return (
    <>
      {login.error && <ErrorMessage error={login.error} />}
      <ul className="vs-people">
        {people.map((person) => (
          <li key={person.login}>
            <button
              type="button"
              className="vs-people__choice"
              disabled={login.isPending}
              onClick={() => login.mutate({ body: { person: person.login } })}
            >
              <span className="vs-people__name">{person.name}</span>
              <span className="vs-people__role">
                {person.roles.map((role) => t(`roles.${role}`)).join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
