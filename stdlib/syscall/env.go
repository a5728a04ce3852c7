package syscall

import "sync"

// runtime_envs gives the environment of the process as it started.
func runtime_envs() []string

// environment is a copy that Setenv changes; entries keep their order, removed ones are "".
var environment struct {
	once  sync.Once
	mu    sync.RWMutex
	list  []string
	index map[string]int
}

func loadEnv() {
	list := runtime_envs()
	environment.list = make([]string, len(list))
	environment.index = make(map[string]int, len(list))
	for i, entry := range list {
		// The first character may be '=' (as on some systems).
		for j := 1; j < len(entry); j++ {
			if entry[j] != '=' {
				continue
			}
			key := entry[:j]
			if _, ok := environment.index[key]; !ok {
				environment.list[i] = entry
				environment.index[key] = i
			}
			break
		}
	}
}

// Getenv gives the value of an environment variable.
func Getenv(key string) (value string, found bool) {
	environment.once.Do(loadEnv)
	if key == "" {
		return "", false
	}
	environment.mu.RLock()
	defer environment.mu.RUnlock()
	i, ok := environment.index[key]
	if !ok {
		return "", false
	}
	return environment.list[i][len(key)+1:], true
}

// Setenv sets an environment variable.
func Setenv(key, value string) error {
	environment.once.Do(loadEnv)
	if key == "" {
		return EINVAL
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	for i := 0; i < len(value); i++ {
		if value[i] == 0 {
			return EINVAL
		}
	}
	environment.mu.Lock()
	defer environment.mu.Unlock()
	entry := key + "=" + value
	if i, ok := environment.index[key]; ok {
		environment.list[i] = entry
	} else {
		environment.index[key] = len(environment.list)
		environment.list = append(environment.list, entry)
	}
	return nil
}

// Unsetenv removes an environment variable.
func Unsetenv(key string) error {
	environment.once.Do(loadEnv)
	environment.mu.Lock()
	defer environment.mu.Unlock()
	if i, ok := environment.index[key]; ok {
		environment.list[i] = ""
		delete(environment.index, key)
	}
	return nil
}

// Clearenv removes all environment variables.
func Clearenv() {
	environment.once.Do(loadEnv)
	environment.mu.Lock()
	defer environment.mu.Unlock()
	environment.list = nil
	clear(environment.index)
}

// Environ gives the environment as "KEY=value" strings.
func Environ() []string {
	environment.once.Do(loadEnv)
	environment.mu.RLock()
	defer environment.mu.RUnlock()
	list := make([]string, 0, len(environment.list))
	for _, entry := range environment.list {
		if entry != "" {
			list = append(list, entry)
		}
	}
	return list
}
