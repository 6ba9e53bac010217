{{- define "voltledger.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "voltledger.labels" -}}
app.kubernetes.io/name: voltledger
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "voltledger.environment" -}}
{{- range $key, $value := merge (dict) (.service.settings | default dict) .root.Values.settings }}
- { name: {{ $key }}, value: {{ $value | quote }} }
{{- end }}
{{- range $key, $ref := merge (dict) (.service.secrets | default dict) .root.Values.secrets }}
- name: {{ $key }}
  valueFrom: { secretKeyRef: { name: {{ $ref.name }}, key: {{ $ref.key }} } }
{{- end }}
{{- end }}

{{- define "voltledger.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 1000
capabilities: { drop: [ALL] }
seccompProfile: { type: RuntimeDefault }
{{- end }}
