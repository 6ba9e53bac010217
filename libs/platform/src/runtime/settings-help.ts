import { z } from 'zod';
import { type ServiceDefinition } from '../service';
import { telemetryConfig } from '../telemetry/config';
import { platformConfig } from './platform-config';

/** What `--help` of a service prints: every setting by name, with its default or its rule. */
export function settingsHelp({ name, settings }: ServiceDefinition): string {
  const own = settings ? [settings] : [];
  const lines = [...own, platformConfig, telemetryConfig].map((schema) => linesOf(schema));
  return `Runs the service ${name} until Ctrl-C. Settings are environment variables; what each of them
means stands in apps/${name}/src/config.ts and docs/operations.md.

${lines.flat().join('\n')}`;
}

interface Shape {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly required?: readonly string[];
}

function linesOf(schema: z.ZodType): string[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return Object.entries(shape.properties ?? {}).map(([setting, { default: usual }]) => {
    const name = `  ${setting.padEnd(38)}`;
    if (shape.required?.includes(setting)) return `${name} required`;
    return usual === undefined || usual === ''
      ? name.trimEnd()
      : `${name} ${typeof usual === 'string' ? usual : JSON.stringify(usual)}`;
  });
}
