import type { WorldPlan } from './plan.ts';

/** The names of all parts of a plan that can be left out. */
export function partsOf({ orders, mishaps }: WorldPlan): readonly string[] {
  return [...mishaps.map(({ id }) => id), ...orders.flatMap(({ id, acts }) => [id, ...acts.map((act) => act.id)])];
}

/** A plan with nothing but the named parts; an act stays only with its order. */
export function keepParts(plan: WorldPlan, parts: ReadonlySet<string>): WorldPlan {
  const isKept = ({ id }: { readonly id: string }): boolean => parts.has(id);
  return {
    ...plan,
    mishaps: plan.mishaps.filter(isKept),
    orders: plan.orders.filter(isKept).map((order) => ({ ...order, acts: order.acts.filter(isKept) })),
  };
}
