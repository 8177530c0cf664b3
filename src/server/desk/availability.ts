/** Who can answer now: a department is online where an agent who serves it is connected and not away. Hours only tell when it opens next. */
import type { Availability, DepartmentAvailability } from '../../protocol/types.js';
import { findDepartment, type Config, type WidgetConfig } from '../config/config.js';
import { nextClose, nextOpen } from '../config/hours.js';
import { agentBy } from '../hub/principal.js';
import type { AgentAccount, Store } from '../store/store.js';
import type { Presence } from './presence.js';

interface AvailabilityDeps {
  readonly config: Config;
  readonly store: Pick<Store, 'agent'>;
  readonly presence: Presence;
  readonly now: () => number;
  readonly stamp: () => number;
}

function departmentNow({ config, now }: AvailabilityDeps, id: string, online: readonly AgentAccount[]): DepartmentAvailability {
  const hours = findDepartment(config, id)?.hours ?? null;
  const opensAt = nextOpen(hours, now());
  const closesAt = nextClose(hours, now());
  return {
    id,
    state: online.some((agent) => agent.departments.includes(id)) ? 'online' : 'offline',
    ...(opensAt === null ? {} : { opensAt }),
    ...(closesAt === null ? {} : { closesAt }),
  };
}

/** A full snapshot for one widget. */
export async function availabilityOf(deps: AvailabilityDeps, widget: WidgetConfig): Promise<Availability> {
  const v = deps.stamp();
  const accounts = await Promise.all(deps.presence.onlineAgents().map((id) => deps.store.agent(id)));
  const online = accounts.filter((agent): agent is AgentAccount => agent !== null && !agent.disabled && agent.departments.some((id) => widget.departments.includes(id)));
  const departments = widget.departments.map((id) => departmentNow(deps, id, online));
  const opens = departments.flatMap((department) => department.opensAt ?? []);
  return {
    v,
    state: online.length > 0 ? 'online' : 'offline',
    departments,
    agents: online.slice(0, 20).map(agentBy),
    ...(opens.length === 0 || opens.length < departments.length ? {} : { opensAt: Math.min(...opens) }),
  };
}
