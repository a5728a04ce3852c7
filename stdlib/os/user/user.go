// Package user finds users and groups in the system's files, /etc/passwd and /etc/group.
package user

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
)

// User is a user.
type User struct {
	Uid      string // number
	Gid      string // number of the primary group
	Username string
	Name     string // real name
	HomeDir  string
}

// Group is a group of users.
type Group struct {
	Gid  string // number
	Name string
}

// UnknownUserIdError is the number of a user that does not exist.
type UnknownUserIdError int

func (e UnknownUserIdError) Error() string { return "user: unknown userid " + strconv.Itoa(int(e)) }

// UnknownUserError is the name of a user that does not exist.
type UnknownUserError string

func (e UnknownUserError) Error() string { return "user: unknown user " + string(e) }

// UnknownGroupIdError is the number of a group that does not exist.
type UnknownGroupIdError string

func (e UnknownGroupIdError) Error() string { return "group: unknown groupid " + string(e) }

// UnknownGroupError is the name of a group that does not exist.
type UnknownGroupError string

func (e UnknownGroupError) Error() string { return "group: unknown group " + string(e) }

const (
	userFile  = "/etc/passwd"
	groupFile = "/etc/group"
)

// eachLine calls f with the fields of every line that has at least n, until it gives true.
func eachLine(file string, n int, f func(fields []string) bool) error {
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		text := strings.TrimSpace(line)
		// Lines with a sign refer to network services.
		if text != "" && text[0] != '#' && text[0] != '+' && text[0] != '-' {
			if fields := strings.Split(text, ":"); len(fields) >= n && f(fields) {
				return nil
			}
		}
		if err != nil {
			return nil
		}
	}
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// findUser finds the user for whom the field has the value.
func findUser(field int, value string) (*User, error) {
	var u *User
	// name:password:uid:gid:real name,...:home:shell
	err := eachLine(userFile, 6, func(f []string) bool {
		if f[field] != value || f[0] == "" || !isNumber(f[2]) || !isNumber(f[3]) {
			return false
		}
		name, _, _ := strings.Cut(f[4], ",")
		u = &User{Uid: f[2], Gid: f[3], Username: f[0], Name: name, HomeDir: f[5]}
		return true
	})
	return u, err
}

func findGroup(field int, value string) (*Group, error) {
	var g *Group
	// name:password:gid:members
	err := eachLine(groupFile, 4, func(f []string) bool {
		if f[field] != value || f[0] == "" || !isNumber(f[2]) {
			return false
		}
		g = &Group{Gid: f[2], Name: f[0]}
		return true
	})
	return g, err
}

// Lookup finds a user by name.
func Lookup(username string) (*User, error) {
	if u, err := Current(); err == nil && u.Username == username {
		return u, nil
	}
	u, err := findUser(0, username)
	if u == nil && err == nil {
		err = UnknownUserError(username)
	}
	return u, err
}

// LookupId finds a user by number.
func LookupId(uid string) (*User, error) {
	if u, err := Current(); err == nil && u.Uid == uid {
		return u, nil
	}
	return lookupId(uid)
}

func lookupId(uid string) (*User, error) {
	n, err := strconv.Atoi(uid)
	if err != nil {
		return nil, err
	}
	u, err := findUser(2, uid)
	if u == nil && err == nil {
		err = UnknownUserIdError(n)
	}
	return u, err
}

// LookupGroup finds a group by name.
func LookupGroup(name string) (*Group, error) {
	g, err := findGroup(0, name)
	if g == nil && err == nil {
		err = UnknownGroupError(name)
	}
	return g, err
}

// LookupGroupId finds a group by number.
func LookupGroupId(gid string) (*Group, error) {
	if _, err := strconv.Atoi(gid); err != nil {
		return nil, err
	}
	g, err := findGroup(2, gid)
	if g == nil && err == nil {
		err = UnknownGroupIdError(gid)
	}
	return g, err
}

// GroupIds gives the numbers of the groups that the user is in, the primary one first.
func (u *User) GroupIds() ([]string, error) {
	ids := []string{u.Gid}
	err := eachLine(groupFile, 4, func(f []string) bool {
		if isNumber(f[2]) && f[2] != u.Gid {
			for _, name := range strings.Split(f[3], ",") {
				if name == u.Username {
					ids = append(ids, f[2])
					break
				}
			}
		}
		return false
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

var current = sync.OnceValues(func() (*User, error) {
	uid := strconv.Itoa(os.Getuid())
	u, err := lookupId(uid)
	if err == nil {
		return u, nil
	}
	// Without the files: what the environment says.
	home, _ := os.UserHomeDir()
	u = &User{Uid: uid, Gid: strconv.Itoa(os.Getgid()), Username: os.Getenv("USER"), HomeDir: home}
	missing := ""
	switch {
	case u.Username == "":
		missing = "$USER"
	case u.HomeDir == "":
		missing = "$HOME"
	}
	if missing != "" {
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, errors.New("user: Current requires cgo or " + missing + " set in environment")
	}
	return u, nil
})

// Current gives the user that the process runs as.
func Current() (*User, error) {
	u, err := current()
	if err != nil {
		return nil, err
	}
	copied := *u
	return &copied, nil
}
