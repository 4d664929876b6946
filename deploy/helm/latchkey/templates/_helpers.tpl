{{- define "latchkey.name" -}}
{{- if contains "latchkey" .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-latchkey" .Release.Name | trunc 52 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "latchkey.selector" -}}
app.kubernetes.io/name: latchkey
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "latchkey.labels" -}}
{{ include "latchkey.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "latchkey.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "latchkey.name" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end -}}
{{- end }}

{{- define "latchkey.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end -}}
{{- end }}

{{- define "latchkey.environment" -}}
- {name: LATCHKEY_SERVER_HOST, value: "0.0.0.0"}
- {name: LATCHKEY_SERVER_PORT, value: "3001"}
- {name: LATCHKEY_OPERATIONS_HOST, value: "0.0.0.0"}
- {name: LATCHKEY_OPERATIONS_PORT, value: "3002"}
- {name: LATCHKEY_DATA_DIRECTORY, value: /var/lib/latchkey}
- {name: LATCHKEY_SERVER_PUBLIC_URL, value: {{ required "publicUrl is required: where browsers reach the server" .Values.publicUrl | quote }}}
{{- with .Values.trustedProxies }}
- {name: LATCHKEY_SERVER_TRUSTED_PROXIES, value: {{ join "," . | quote }}}
{{- end }}
- {name: LATCHKEY_DATABASE_URL_FILE, value: /run/secrets/latchkey/database-url}
- {name: LATCHKEY_MASTER_KEY_FILE, value: /run/secrets/latchkey/master-key}
{{- range $key, $name := .Values.secretSettings }}
- {name: {{ printf "%s_FILE" $name }}, value: {{ printf "/run/secrets/latchkey/%s" $key }}}
{{- end }}
{{- end }}

{{- define "latchkey.mounts" -}}
- {name: secrets, mountPath: /run/secrets/latchkey, readOnly: true}
- {name: data, mountPath: /var/lib/latchkey}
- {name: temporary, mountPath: /tmp}
{{- end }}

{{- define "latchkey.volumes" -}}
- name: secrets
  secret:
    secretName: {{ required "existingSecret is required: a Secret with database-url and master-key" .Values.existingSecret }}
    defaultMode: 0440
- {name: data, emptyDir: {sizeLimit: 64Mi}}
- {name: temporary, emptyDir: {sizeLimit: 64Mi}}
{{- end }}

{{- define "latchkey.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "latchkey.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
