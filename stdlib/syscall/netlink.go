package syscall

import (
	"sync"
	"unsafe"
)

// Messages of netlink and filters of packet sockets.

// NetlinkRouteRequest asks for the tables of the network.
type NetlinkRouteRequest struct {
	Header NlMsghdr
	Data   RtGenmsg
}

// NetlinkMessage is a message of the kernel.
type NetlinkMessage struct {
	Header NlMsghdr
	Data   []byte
}

// NetlinkRouteAttr is an attribute in a message.
type NetlinkRouteAttr struct {
	Attr  RtAttr
	Value []byte
}

// Messages and attributes begin at multiples of four.
func netlinkAlign(n int) int { return (n + 3) &^ 3 }

var netlinkBuffers = sync.Pool{New: func() any {
	b := make([]byte, Getpagesize())
	return &b
}}

// NetlinkRIB gives a table of the network: the answer of the kernel to the request proto for the address family.
func NetlinkRIB(proto, family int) ([]byte, error) {
	s, err := Socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE)
	if err != nil {
		return nil, err
	}
	defer Close(s)
	local := &SockaddrNetlink{Family: AF_NETLINK}
	if err := Bind(s, local); err != nil {
		return nil, err
	}
	req := NetlinkRouteRequest{Data: RtGenmsg{uint8(family)}}
	req.Header = NlMsghdr{Len: SizeofNlMsghdr + SizeofRtGenmsg, Type: uint16(proto), Flags: NLM_F_DUMP | NLM_F_REQUEST, Seq: 1}
	if err := Sendto(s, unsafe.Slice((*byte)(unsafe.Pointer(&req)), req.Header.Len), 0, local); err != nil {
		return nil, err
	}
	name, err := Getsockname(s)
	if err != nil {
		return nil, err
	}
	own, ok := name.(*SockaddrNetlink)
	if !ok {
		return nil, EINVAL
	}
	buf := netlinkBuffers.Get().(*[]byte)
	defer netlinkBuffers.Put(buf)
	var table []byte
	for {
		n, _, err := Recvfrom(s, *buf, 0)
		if err != nil {
			return nil, err
		}
		if n < SizeofNlMsghdr {
			return nil, EINVAL
		}
		table = append(table, (*buf)[:n]...)
		messages, err := ParseNetlinkMessage((*buf)[:n])
		if err != nil {
			return nil, err
		}
		for _, m := range messages {
			if m.Header.Seq != 1 || m.Header.Pid != own.Pid {
				return nil, EINVAL
			}
			switch m.Header.Type {
			case NLMSG_DONE:
				return table, nil
			case NLMSG_ERROR:
				return nil, EINVAL
			}
		}
	}
}

// ParseNetlinkMessage splits what the kernel sent.
func ParseNetlinkMessage(b []byte) ([]NetlinkMessage, error) {
	var list []NetlinkMessage
	for len(b) >= SizeofNlMsghdr {
		h := *(*NlMsghdr)(unsafe.Pointer(&b[0]))
		if h.Len < SizeofNlMsghdr || netlinkAlign(int(h.Len)) > len(b) {
			return nil, EINVAL
		}
		list = append(list, NetlinkMessage{h, b[SizeofNlMsghdr:h.Len]})
		b = b[netlinkAlign(int(h.Len)):]
	}
	return list, nil
}

// ParseNetlinkRouteAttr gives the attributes in a message about addresses, links or routes.
func ParseNetlinkRouteAttr(m *NetlinkMessage) ([]NetlinkRouteAttr, error) {
	fixed := 0
	switch m.Header.Type {
	case RTM_NEWLINK, RTM_DELLINK:
		fixed = SizeofIfInfomsg
	case RTM_NEWADDR, RTM_DELADDR:
		fixed = SizeofIfAddrmsg
	case RTM_NEWROUTE, RTM_DELROUTE:
		fixed = SizeofRtMsg
	default:
		return nil, EINVAL
	}
	if fixed > len(m.Data) {
		return nil, EINVAL
	}
	var list []NetlinkRouteAttr
	for b := m.Data[fixed:]; len(b) >= SizeofRtAttr; {
		a := *(*RtAttr)(unsafe.Pointer(&b[0]))
		if a.Len < SizeofRtAttr || int(a.Len) > len(b) {
			return nil, EINVAL
		}
		list = append(list, NetlinkRouteAttr{a, b[SizeofRtAttr:a.Len]})
		b = b[min(netlinkAlign(int(a.Len)), len(b)):]
	}
	return list, nil
}

// LsfStmt makes an instruction of a socket filter.
//
// Deprecated: use golang.org/x/net/bpf.
func LsfStmt(code, k int) *SockFilter { return &SockFilter{Code: uint16(code), K: uint32(k)} }

// LsfJump makes a jump of a socket filter.
//
// Deprecated: use golang.org/x/net/bpf.
func LsfJump(code, k, jt, jf int) *SockFilter {
	return &SockFilter{Code: uint16(code), Jt: uint8(jt), Jf: uint8(jf), K: uint32(k)}
}

// LsfSocket opens a packet socket on an interface.
//
// Deprecated: use golang.org/x/net/bpf.
func LsfSocket(ifindex, proto int) (int, error) {
	s, err := Socket(AF_PACKET, SOCK_RAW, proto)
	if err != nil {
		return 0, err
	}
	err = Bind(s, &SockaddrLinklayer{Protocol: networkOrder(uint16(proto)), Ifindex: ifindex})
	if err != nil {
		Close(s)
		return 0, err
	}
	return s, nil
}

// SetLsfPromisc turns promiscuous mode of an interface on or off.
//
// Deprecated: use golang.org/x/net/bpf.
func SetLsfPromisc(name string, m bool) error {
	s, err := Socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer Close(s)
	// struct ifreq: the name, then the flags.
	var req struct {
		name  [IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}
	copy(req.name[:len(req.name)-1], name)
	if err := call3(SYS_IOCTL, uintptr(s), SIOCGIFFLAGS, uintptr(unsafe.Pointer(&req))); err != nil {
		return err
	}
	if m {
		req.flags |= IFF_PROMISC
	} else {
		req.flags &^= IFF_PROMISC
	}
	return call3(SYS_IOCTL, uintptr(s), SIOCSIFFLAGS, uintptr(unsafe.Pointer(&req)))
}

// AttachLsf attaches a filter to a socket.
//
// Deprecated: use golang.org/x/net/bpf.
func AttachLsf(fd int, i []SockFilter) error {
	p := SockFprog{Len: uint16(len(i)), Filter: unsafe.SliceData(i)}
	return setOptionAs(fd, SOL_SOCKET, SO_ATTACH_FILTER, &p)
}

// DetachLsf takes the filter away.
//
// Deprecated: use golang.org/x/net/bpf.
func DetachLsf(fd int) error {
	var dummy int32
	return setOptionAs(fd, SOL_SOCKET, SO_DETACH_FILTER, &dummy)
}
