package xml

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// What a field of a struct stands for.
type mode uint16

const (
	modeElement mode = 1 << iota
	modeAttr
	modeCDATA
	modeCharData
	modeInnerXML
	modeComment
	modeAny
	modeOmitEmpty

	modeKinds = modeElement | modeAttr | modeCDATA | modeCharData | modeInnerXML | modeComment | modeAny
)

var modeNames = map[string]mode{
	"attr": modeAttr, "cdata": modeCDATA, "chardata": modeCharData, "innerxml": modeInnerXML,
	"comment": modeComment, "any": modeAny, "omitempty": modeOmitEmpty,
}

// A fieldInfo is what is known of a field from its tag.
type fieldInfo struct {
	index   []int
	name    string
	space   string
	mode    mode
	parents []string // the elements around it: a and b of a>b>c
}

// A typeInfo is what is known of a struct type.
type typeInfo struct {
	name   *fieldInfo // the field XMLName
	fields []fieldInfo
}

const xmlName = "XMLName"

var nameType = reflect.TypeFor[Name]()

var typeInfos sync.Map // reflect.Type -> *typeInfo

func infoOf(t reflect.Type) (*typeInfo, error) {
	if ti, ok := typeInfos.Load(t); ok {
		return ti.(*typeInfo), nil
	}
	ti := &typeInfo{}
	if t.Kind() == reflect.Struct && t != nameType {
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() && !f.Anonymous || f.Tag.Get("xml") == "-" {
				continue
			}
			if f.Anonymous {
				// The fields of an embedded struct count as if they were here.
				et := f.Type
				if et.Kind() == reflect.Pointer {
					et = et.Elem()
				}
				if et.Kind() == reflect.Struct {
					inner, err := infoOf(et)
					if err != nil {
						return nil, err
					}
					if ti.name == nil {
						ti.name = inner.name
					}
					for _, fi := range inner.fields {
						fi.index = append([]int{i}, fi.index...)
						if err := ti.add(t, fi); err != nil {
							return nil, err
						}
					}
					continue
				}
			}
			fi, err := fieldOf(t, &f)
			if err != nil {
				return nil, err
			}
			if f.Name == xmlName {
				ti.name = fi
				continue
			}
			if err := ti.add(t, *fi); err != nil {
				return nil, err
			}
		}
	}
	actual, _ := typeInfos.LoadOrStore(t, ti)
	return actual.(*typeInfo), nil
}

// fieldOf reads the tag of a field.
func fieldOf(t reflect.Type, f *reflect.StructField) (*fieldInfo, error) {
	fi := &fieldInfo{index: f.Index}
	tag := f.Tag.Get("xml")
	if space, rest, ok := strings.Cut(tag, " "); ok {
		fi.space, tag = space, rest
	}
	name, rest, hasOptions := strings.Cut(tag, ",")
	if !hasOptions {
		fi.mode = modeElement
	} else {
		tag = name
		for _, o := range strings.Split(rest, ",") {
			fi.mode |= modeNames[o]
		}
		valid := true
		switch kind := fi.mode & modeKinds; kind {
		case 0:
			fi.mode |= modeElement
		case modeAttr, modeCDATA, modeCharData, modeInnerXML, modeComment, modeAny, modeAny | modeAttr:
			valid = f.Name != xmlName && (tag == "" || kind == modeAttr)
			if kind == modeAny {
				fi.mode |= modeElement
			}
		default:
			valid = false
		}
		if fi.mode&modeOmitEmpty != 0 && fi.mode&(modeElement|modeAttr) == 0 {
			valid = false
		}
		if !valid {
			return nil, fmt.Errorf("xml: invalid tag in field %s of type %s: %q", f.Name, t, f.Tag.Get("xml"))
		}
	}
	if fi.space != "" && tag == "" {
		return nil, fmt.Errorf("xml: namespace without name in field %s of type %s: %q", f.Name, t, f.Tag.Get("xml"))
	}
	if f.Name == xmlName {
		fi.name = tag
		return fi, nil
	}
	if tag == "" {
		// The name of the field's type, if that has one, or of the field.
		if n := typeName(f.Type); n != nil {
			fi.space, fi.name = n.space, n.name
		} else {
			fi.name = f.Name
		}
		return fi, nil
	}
	parents := strings.Split(tag, ">")
	if parents[0] == "" {
		parents[0] = f.Name
	}
	last := len(parents) - 1
	if parents[last] == "" {
		return nil, fmt.Errorf("xml: trailing '>' in field %s of type %s", f.Name, t)
	}
	fi.name = parents[last]
	if last > 0 {
		if fi.mode&modeElement == 0 {
			return nil, fmt.Errorf("xml: %s chain not valid with %s flag", tag, rest)
		}
		fi.parents = parents[:last]
	}
	if fi.mode&modeElement != 0 {
		if n := typeName(f.Type); n != nil && n.name != fi.name {
			return nil, fmt.Errorf("xml: name %q in tag of %s.%s conflicts with name %q in %s.XMLName",
				fi.name, t, f.Name, n.name, f.Type)
		}
	}
	return fi, nil
}

// typeName returns what the tag of t's field XMLName says, or nil.
func typeName(t reflect.Type) *fieldInfo {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Name != xmlName {
			continue
		}
		if fi, err := fieldOf(t, &f); err == nil && fi.name != "" {
			return fi
		}
		break
	}
	return nil
}

// add adds a field unless one that is less deep has its place.
func (ti *typeInfo) add(t reflect.Type, fi fieldInfo) error {
	var conflicts []int
	for i := range ti.fields {
		old := &ti.fields[i]
		if old.mode&modeKinds != fi.mode&modeKinds || old.space != "" && fi.space != "" && old.space != fi.space {
			continue
		}
		n := min(len(fi.parents), len(old.parents))
		same := true
		for p := range n {
			same = same && old.parents[p] == fi.parents[p]
		}
		if !same {
			continue
		}
		switch {
		case len(old.parents) > len(fi.parents):
			same = old.parents[len(fi.parents)] == fi.name
		case len(old.parents) < len(fi.parents):
			same = fi.parents[len(old.parents)] == old.name
		default:
			same = old.name == fi.name && old.space == fi.space
		}
		if same {
			conflicts = append(conflicts, i)
		}
	}
	if conflicts == nil {
		ti.fields = append(ti.fields, fi)
		return nil
	}
	for _, i := range conflicts {
		if len(ti.fields[i].index) < len(fi.index) {
			return nil
		}
	}
	for _, i := range conflicts {
		if old := &ti.fields[i]; len(old.index) == len(fi.index) {
			f1, f2 := t.FieldByIndex(old.index), t.FieldByIndex(fi.index)
			return &TagPathError{t, f1.Name, f1.Tag.Get("xml"), f2.Name, f2.Tag.Get("xml")}
		}
	}
	for k := len(conflicts) - 1; k >= 0; k-- {
		i := conflicts[k]
		ti.fields = append(ti.fields[:i:i], ti.fields[i+1:]...)
	}
	ti.fields = append(ti.fields, fi)
	return nil
}

// A TagPathError says that the tags of two fields of a struct exclude each
// other.
type TagPathError struct {
	Struct       reflect.Type
	Field1, Tag1 string
	Field2, Tag2 string
}

func (e *TagPathError) Error() string {
	return fmt.Sprintf("%s field %q with tag %q conflicts with field %q with tag %q", e.Struct, e.Field1, e.Tag1, e.Field2, e.Tag2)
}

// value returns the field of v. Nil pointers on the way are set if create;
// otherwise the result is the zero Value.
func (fi *fieldInfo) value(v reflect.Value, create bool) reflect.Value {
	for n, i := range fi.index {
		if n > 0 && v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct {
			if v.IsNil() {
				if !create {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}
