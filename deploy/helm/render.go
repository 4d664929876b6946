// Renders the chart as `helm template` does, for machines without helm: the functions of templates that the chart uses, and no
// more. Values come as JSON on standard input.
//
//	go run deploy/helm/render.go deploy/helm/latchkey RELEASE <values.json
package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"
)

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
}

func indent(spaces int, text string) string {
	pad := strings.Repeat(" ", spaces)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

func scalar(value interface{}) string {
	text, err := json.Marshal(value)
	fail(err)
	return string(text)
}

func isEmpty(value interface{}) bool {
	switch it := value.(type) {
	case nil:
		return true
	case string:
		return it == ""
	case bool:
		return !it
	case float64:
		return it == 0
	case []interface{}:
		return len(it) == 0
	case map[string]interface{}:
		return len(it) == 0
	}
	return false
}

// Block style with sorted keys, as helm writes it.
func toYaml(value interface{}) string {
	switch it := value.(type) {
	case map[string]interface{}:
		if len(it) == 0 {
			return "{}"
		}
		keys := make([]string, 0, len(it))
		for key := range it {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		lines := []string{}
		for _, key := range keys {
			lines = append(lines, under(key+":", it[key]))
		}
		return strings.Join(lines, "\n")
	case []interface{}:
		if len(it) == 0 {
			return "[]"
		}
		lines := []string{}
		for _, entry := range it {
			lines = append(lines, "-"+indent(2, toYaml(entry))[1:])
		}
		return strings.Join(lines, "\n")
	}
	return scalar(value)
}

func under(key string, value interface{}) string {
	switch value.(type) {
	case map[string]interface{}, []interface{}:
		if !isEmpty(value) {
			return key + "\n" + indent(2, toYaml(value))
		}
	}
	return key + " " + toYaml(value)
}

func list(value interface{}) []string {
	switch it := value.(type) {
	case []string:
		return it
	case []interface{}:
		texts := []string{}
		for _, entry := range it {
			texts = append(texts, fmt.Sprint(entry))
		}
		return texts
	}
	return nil
}

func main() {
	chart, release := os.Args[1], os.Args[2]
	var values map[string]interface{}
	fail(json.NewDecoder(os.Stdin).Decode(&values))
	root := template.New("chart").Option("missingkey=error")
	root.Funcs(template.FuncMap{
		"include": func(name string, data interface{}) (string, error) {
			var out strings.Builder
			err := root.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"required": func(complaint string, value interface{}) (interface{}, error) {
			if isEmpty(value) {
				return nil, fmt.Errorf("%s", complaint)
			}
			return value, nil
		},
		"default": func(other, value interface{}) interface{} {
			if isEmpty(value) {
				return other
			}
			return value
		},
		"toYaml":     toYaml,
		"indent":     indent,
		"nindent":    func(spaces int, text string) string { return "\n" + indent(spaces, text) },
		"quote":      func(value interface{}) string { return scalar(fmt.Sprint(value)) },
		"trimSuffix": func(suffix, text string) string { return strings.TrimSuffix(text, suffix) },
		"contains":   func(part, text string) bool { return strings.Contains(text, part) },
		"join":       func(between string, value interface{}) string { return strings.Join(list(value), between) },
		"splitList":  func(between, text string) []string { return strings.Split(text, between) },
		"first":      func(texts []string) string { return texts[0] },
		"last":       func(texts []string) string { return texts[len(texts)-1] },
		"sha256sum":  func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) },
		"trunc": func(length int, text string) string {
			if len(text) > length {
				return text[:length]
			}
			return text
		},
		"dict": func(pairs ...interface{}) map[string]interface{} {
			made := map[string]interface{}{}
			for i := 0; i < len(pairs); i += 2 {
				made[pairs[i].(string)] = pairs[i+1]
			}
			return made
		},
		"merge": func(into map[string]interface{}, from map[string]interface{}) map[string]interface{} {
			for key, value := range from {
				if _, there := into[key]; !there {
					into[key] = value
				}
			}
			return into
		},
	})
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	fail(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		fail(err)
		_, err = root.New(filepath.Base(file)).Parse(string(text))
		fail(err)
	}
	data := map[string]interface{}{
		"Values":  values,
		"Release": map[string]interface{}{"Name": release, "Namespace": "default", "Service": "Helm"},
		"Chart":   map[string]interface{}{"Name": "latchkey", "Version": "0.1.0", "AppVersion": "0.1.0"},
	}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") || strings.HasSuffix(name, ".txt") && len(os.Args) < 4 {
			continue
		}
		var out strings.Builder
		fail(root.ExecuteTemplate(&out, name, data))
		if strings.TrimSpace(out.String()) != "" {
			fmt.Printf("---\n# Source: %s\n%s\n", name, strings.TrimSpace(out.String()))
		}
	}
}
