package json

import (
	"encoding"
	"reflect"
	"sync"
	"time"
)

// A plan knows how values of one type are encoded and decoded. Plans are made
// once per type and refer to each other, in cycles for recursive types.
type plan struct {
	typ    reflect.Type
	encode func(e *encoder, v reflect.Value) error
	// decode reads the value at d.pos into v, which can be set.
	decode func(d *decoder, v reflect.Value)
	// custom: the type has a method that encodes, so that the option string
	// does not apply.
	custom bool
	fields *structFields
}

var plans sync.Map // reflect.Type -> *plan

var buildMu sync.Mutex

// A planBuilder makes a type's plan and those it needs. They are published
// together, when all are complete.
type planBuilder struct {
	made map[reflect.Type]*plan
}

func planFor(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	buildMu.Lock()
	defer buildMu.Unlock()
	b := &planBuilder{made: map[reflect.Type]*plan{}}
	p := b.plan(t)
	for t, p := range b.made {
		plans.Store(t, p)
	}
	return p
}

func (b *planBuilder) plan(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	if p := b.made[t]; p != nil {
		return p
	}
	p := &plan{typ: t}
	b.made[t] = p
	if t.Kind() == reflect.Struct {
		p.fields = newStructFields(t, b)
	}
	p.encode = newEncode(t, b, p)
	p.decode = newDecode(t, b, p)
	return p
}

var (
	marshalerType       = reflect.TypeFor[Marshaler]()
	unmarshalerType     = reflect.TypeFor[Unmarshaler]()
	textMarshalerType   = reflect.TypeFor[encoding.TextMarshaler]()
	textAppenderType    = reflect.TypeFor[encoding.TextAppender]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
	rawMessageType      = reflect.TypeFor[RawMessage]()
	numberType          = reflect.TypeFor[Number]()
	timeType            = reflect.TypeFor[time.Time]()
	anyType             = reflect.TypeFor[any]()
	float64Type         = reflect.TypeFor[float64]()
)

// hasMarshal reports whether t or *t has a method that encodes.
func hasMarshal(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(marshalerType) || p.Implements(textMarshalerType) || p.Implements(textAppenderType)
}

// hasMethods reports whether t or *t has any method that matters to JSON.
func hasMethods(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return hasMarshal(t) || p.Implements(unmarshalerType) || p.Implements(textUnmarshalerType)
}
