package syscall

import "unsafe"

// Sockaddr is an address of a socket: one of the pointers to Sockaddr… of this package.
type Sockaddr interface {
	// sockaddr gives the kernel's form, which lives as long as the value.
	sockaddr() (p unsafe.Pointer, size uint32, err error)
}

type SockaddrInet4 struct {
	Port int
	Addr [4]byte
	raw  RawSockaddrInet4
}

type SockaddrInet6 struct {
	Port   int
	ZoneId uint32
	Addr   [16]byte
	raw    RawSockaddrInet6
}

type SockaddrUnix struct {
	Name string
	raw  RawSockaddrUnix
}

type SockaddrLinklayer struct {
	Protocol uint16
	Ifindex  int
	Hatype   uint16
	Pkttype  uint8
	Halen    uint8
	Addr     [8]byte
	raw      RawSockaddrLinklayer
}

type SockaddrNetlink struct {
	Family uint16
	Pad    uint16
	Pid    uint32
	Groups uint32
	raw    RawSockaddrNetlink
}

// networkOrder swaps the bytes of a port; both machines are little-endian.
func networkOrder(port uint16) uint16 { return port<<8 | port>>8 }

func (sa *SockaddrInet4) sockaddr() (unsafe.Pointer, uint32, error) {
	if sa.Port < 0 || sa.Port > 0xffff {
		return nil, 0, EINVAL
	}
	sa.raw = RawSockaddrInet4{Family: AF_INET, Port: networkOrder(uint16(sa.Port)), Addr: sa.Addr}
	return unsafe.Pointer(&sa.raw), SizeofSockaddrInet4, nil
}

func (sa *SockaddrInet6) sockaddr() (unsafe.Pointer, uint32, error) {
	if sa.Port < 0 || sa.Port > 0xffff {
		return nil, 0, EINVAL
	}
	sa.raw = RawSockaddrInet6{Family: AF_INET6, Port: networkOrder(uint16(sa.Port)), Addr: sa.Addr, Scope_id: sa.ZoneId}
	return unsafe.Pointer(&sa.raw), SizeofSockaddrInet6, nil
}

func (sa *SockaddrUnix) sockaddr() (unsafe.Pointer, uint32, error) {
	name := sa.Name
	n := len(name)
	abstract := n > 0 && (name[0] == '@' || name[0] == 0)
	if n > len(sa.raw.Path) || n == len(sa.raw.Path) && !abstract {
		return nil, 0, EINVAL
	}
	sa.raw = RawSockaddrUnix{Family: AF_UNIX}
	for i := range n {
		sa.raw.Path[i] = int8(name[i])
	}
	// Family, the name, and a zero byte unless the name is empty or in the abstract space, which begins with one.
	size := uint32(2)
	if n > 0 {
		size += uint32(n) + 1
	}
	if abstract {
		sa.raw.Path[0] = 0
		size--
	}
	return unsafe.Pointer(&sa.raw), size, nil
}

func (sa *SockaddrLinklayer) sockaddr() (unsafe.Pointer, uint32, error) {
	if sa.Ifindex < 0 || sa.Ifindex > 0x7fffffff {
		return nil, 0, EINVAL
	}
	sa.raw = RawSockaddrLinklayer{AF_PACKET, sa.Protocol, int32(sa.Ifindex), sa.Hatype, sa.Pkttype, sa.Halen, sa.Addr}
	return unsafe.Pointer(&sa.raw), SizeofSockaddrLinklayer, nil
}

func (sa *SockaddrNetlink) sockaddr() (unsafe.Pointer, uint32, error) {
	sa.raw = RawSockaddrNetlink{AF_NETLINK, sa.Pad, sa.Pid, sa.Groups}
	return unsafe.Pointer(&sa.raw), SizeofSockaddrNetlink, nil
}

// fromRaw makes an address of what the kernel gave, size bytes.
func fromRaw(any *RawSockaddrAny, size uint32) (Sockaddr, error) {
	p := unsafe.Pointer(any)
	switch any.Addr.Family {
	case AF_INET:
		r := (*RawSockaddrInet4)(p)
		return &SockaddrInet4{Port: int(networkOrder(r.Port)), Addr: r.Addr}, nil
	case AF_INET6:
		r := (*RawSockaddrInet6)(p)
		return &SockaddrInet6{Port: int(networkOrder(r.Port)), ZoneId: r.Scope_id, Addr: r.Addr}, nil
	case AF_UNIX:
		r := (*RawSockaddrUnix)(p)
		sa := new(SockaddrUnix)
		// "@" stands for the zero byte that names of the abstract space begin with.
		path := r.Path[:max(int(size)-2, 0)]
		if len(path) > 0 && path[0] == 0 {
			path[0] = '@'
		}
		b := make([]byte, 0, len(path))
		for _, c := range path {
			if c == 0 {
				break
			}
			b = append(b, byte(c))
		}
		sa.Name = string(b)
		return sa, nil
	case AF_PACKET:
		r := (*RawSockaddrLinklayer)(p)
		return &SockaddrLinklayer{Protocol: r.Protocol, Ifindex: int(r.Ifindex), Hatype: r.Hatype, Pkttype: r.Pkttype, Halen: r.Halen, Addr: r.Addr}, nil
	case AF_NETLINK:
		r := (*RawSockaddrNetlink)(p)
		return &SockaddrNetlink{Family: r.Family, Pad: r.Pad, Pid: r.Pid, Groups: r.Groups}, nil
	}
	return nil, EAFNOSUPPORT
}

// SocketDisableIPv6 makes Socket refuse IPv6; for tests.
var SocketDisableIPv6 bool

func Socket(domain, typ, proto int) (fd int, err error) {
	if domain == AF_INET6 && SocketDisableIPv6 {
		return -1, EAFNOSUPPORT
	}
	r, _, e := RawSyscall(SYS_SOCKET, uintptr(domain), uintptr(typ), uintptr(proto))
	return count(r, e)
}

func Socketpair(domain, typ, proto int) (fd [2]int, err error) {
	var fds [2]int32
	_, _, e := RawSyscall6(SYS_SOCKETPAIR, uintptr(domain), uintptr(typ), uintptr(proto), uintptr(unsafe.Pointer(&fds)), 0, 0)
	if e == 0 {
		fd = [2]int{int(fds[0]), int(fds[1])}
	}
	return fd, result(e)
}

// withAddr does a call whose arguments are a socket, an address and its size.
func withAddr(trap uintptr, fd int, sa Sockaddr) error {
	p, size, err := sa.sockaddr()
	if err != nil {
		return err
	}
	_, _, e := Syscall(trap, uintptr(fd), uintptr(p), uintptr(size))
	return result(e)
}

func Bind(fd int, sa Sockaddr) (err error)    { return withAddr(SYS_BIND, fd, sa) }
func Connect(fd int, sa Sockaddr) (err error) { return withAddr(SYS_CONNECT, fd, sa) }

func Listen(s int, n int) (err error) {
	_, _, e := Syscall(SYS_LISTEN, uintptr(s), uintptr(n), 0)
	return result(e)
}

func Accept(fd int) (nfd int, sa Sockaddr, err error) { return Accept4(fd, 0) }

func Accept4(fd int, flags int) (nfd int, sa Sockaddr, err error) {
	var any RawSockaddrAny
	size := uint32(SizeofSockaddrAny)
	r, _, e := Syscall6(SYS_ACCEPT4, uintptr(fd), uintptr(unsafe.Pointer(&any)), uintptr(unsafe.Pointer(&size)), uintptr(flags), 0, 0)
	if e != 0 {
		return -1, nil, e
	}
	if sa, err = fromRaw(&any, size); err != nil {
		Close(int(r))
		return 0, nil, err
	}
	return int(r), sa, nil
}

func Shutdown(fd int, how int) (err error) {
	_, _, e := Syscall(SYS_SHUTDOWN, uintptr(fd), uintptr(how), 0)
	return result(e)
}

func getAddr(trap uintptr, fd int) (Sockaddr, error) {
	var any RawSockaddrAny
	size := uint32(SizeofSockaddrAny)
	_, _, e := RawSyscall(trap, uintptr(fd), uintptr(unsafe.Pointer(&any)), uintptr(unsafe.Pointer(&size)))
	if e != 0 {
		return nil, e
	}
	return fromRaw(&any, size)
}

func Getsockname(fd int) (sa Sockaddr, err error) { return getAddr(SYS_GETSOCKNAME, fd) }
func Getpeername(fd int) (sa Sockaddr, err error) { return getAddr(SYS_GETPEERNAME, fd) }

// Options.

func getOption(fd, level, opt int, p unsafe.Pointer, size uint32) error {
	_, _, e := Syscall6(SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(opt), uintptr(p), uintptr(unsafe.Pointer(&size)), 0)
	return result(e)
}

func setOption(fd, level, opt int, p unsafe.Pointer, size uintptr) error {
	_, _, e := Syscall6(SYS_SETSOCKOPT, uintptr(fd), uintptr(level), uintptr(opt), uintptr(p), size, 0)
	return result(e)
}

func getOptionAs[T any](fd, level, opt int) (*T, error) {
	v := new(T)
	err := getOption(fd, level, opt, unsafe.Pointer(v), uint32(unsafe.Sizeof(*v)))
	return v, err
}

func setOptionAs[T any](fd, level, opt int, v *T) error {
	return setOption(fd, level, opt, unsafe.Pointer(v), unsafe.Sizeof(*v))
}

func GetsockoptInt(fd, level, opt int) (value int, err error) {
	v, err := getOptionAs[int32](fd, level, opt)
	return int(*v), err
}

func GetsockoptInet4Addr(fd, level, opt int) (value [4]byte, err error) {
	v, err := getOptionAs[[4]byte](fd, level, opt)
	return *v, err
}

func GetsockoptIPMreq(fd, level, opt int) (*IPMreq, error) {
	return getOptionAs[IPMreq](fd, level, opt)
}

func GetsockoptIPMreqn(fd, level, opt int) (*IPMreqn, error) {
	return getOptionAs[IPMreqn](fd, level, opt)
}

func GetsockoptIPv6Mreq(fd, level, opt int) (*IPv6Mreq, error) {
	return getOptionAs[IPv6Mreq](fd, level, opt)
}

func GetsockoptIPv6MTUInfo(fd, level, opt int) (*IPv6MTUInfo, error) {
	return getOptionAs[IPv6MTUInfo](fd, level, opt)
}

func GetsockoptICMPv6Filter(fd, level, opt int) (*ICMPv6Filter, error) {
	return getOptionAs[ICMPv6Filter](fd, level, opt)
}

func GetsockoptUcred(fd, level, opt int) (*Ucred, error) { return getOptionAs[Ucred](fd, level, opt) }

func SetsockoptByte(fd, level, opt int, value byte) (err error) {
	return setOptionAs(fd, level, opt, &value)
}

func SetsockoptInt(fd, level, opt int, value int) (err error) {
	v := int32(value)
	return setOptionAs(fd, level, opt, &v)
}

func SetsockoptInet4Addr(fd, level, opt int, value [4]byte) (err error) {
	return setOptionAs(fd, level, opt, &value)
}

func SetsockoptIPMreq(fd, level, opt int, mreq *IPMreq) (err error) {
	return setOptionAs(fd, level, opt, mreq)
}

func SetsockoptIPMreqn(fd, level, opt int, mreq *IPMreqn) (err error) {
	return setOptionAs(fd, level, opt, mreq)
}

func SetsockoptIPv6Mreq(fd, level, opt int, mreq *IPv6Mreq) (err error) {
	return setOptionAs(fd, level, opt, mreq)
}

func SetsockoptICMPv6Filter(fd, level, opt int, filter *ICMPv6Filter) error {
	return setOptionAs(fd, level, opt, filter)
}

func SetsockoptLinger(fd, level, opt int, l *Linger) (err error) {
	return setOptionAs(fd, level, opt, l)
}

func SetsockoptTimeval(fd, level, opt int, tv *Timeval) (err error) {
	return setOptionAs(fd, level, opt, tv)
}

func SetsockoptString(fd, level, opt int, s string) (err error) {
	return setOption(fd, level, opt, unsafe.Pointer(unsafe.StringData(s)), uintptr(len(s)))
}

// BindToDevice ties a socket to a network interface.
func BindToDevice(fd int, device string) (err error) {
	return SetsockoptString(fd, SOL_SOCKET, SO_BINDTODEVICE, device)
}

// Messages.

func Recvfrom(fd int, p []byte, flags int) (n int, from Sockaddr, err error) {
	var any RawSockaddrAny
	size := uint32(SizeofSockaddrAny)
	r, _, e := Syscall6(SYS_RECVFROM, uintptr(fd), uintptr(addr(p)), uintptr(len(p)), uintptr(flags), uintptr(unsafe.Pointer(&any)), uintptr(unsafe.Pointer(&size)))
	if n, err = count(r, e); err != nil {
		return n, nil, err
	}
	if any.Addr.Family != AF_UNSPEC {
		from, err = fromRaw(&any, size)
	}
	return n, from, err
}

func Sendto(fd int, p []byte, flags int, to Sockaddr) (err error) {
	a, size, err := to.sockaddr()
	if err != nil {
		return err
	}
	_, _, e := Syscall6(SYS_SENDTO, uintptr(fd), uintptr(addr(p)), uintptr(len(p)), uintptr(flags), uintptr(a), uintptr(size))
	return result(e)
}

// message describes p and oob for sendmsg and recvmsg. Control data needs a byte of data with it on streams: one then points to
// a byte to use.
func message(p, oob []byte, spare *byte, iov *Iovec, msg *Msghdr) {
	if len(p) > 0 {
		iov.Base = &p[0]
		iov.Len = uint64(len(p))
	}
	if len(oob) > 0 {
		if len(p) == 0 && spare != nil {
			iov.Base = spare
			iov.Len = 1
		}
		msg.Control = &oob[0]
		msg.Controllen = uint64(len(oob))
	}
	msg.Iov = iov
	msg.Iovlen = 1
}

// needsByte gives a byte to send or receive with control data alone, if the socket is not one for datagrams.
func needsByte(fd int, p, oob []byte) (*byte, error) {
	if len(p) > 0 || len(oob) == 0 {
		return nil, nil
	}
	typ, err := GetsockoptInt(fd, SOL_SOCKET, SO_TYPE)
	if err != nil || typ == SOCK_DGRAM {
		return nil, err
	}
	return new(byte), nil
}

func Recvmsg(fd int, p, oob []byte, flags int) (n, oobn int, recvflags int, from Sockaddr, err error) {
	spare, err := needsByte(fd, p, oob)
	if err != nil {
		return 0, 0, 0, nil, err
	}
	var any RawSockaddrAny
	var iov Iovec
	var msg Msghdr
	message(p, oob, spare, &iov, &msg)
	msg.Name = (*byte)(unsafe.Pointer(&any))
	msg.Namelen = SizeofSockaddrAny
	r, _, e := Syscall(SYS_RECVMSG, uintptr(fd), uintptr(unsafe.Pointer(&msg)), uintptr(flags))
	if n, err = count(r, e); err != nil {
		return n, 0, 0, nil, err
	}
	if spare != nil {
		n = 0
	}
	oobn = int(msg.Controllen)
	recvflags = int(msg.Flags)
	if any.Addr.Family != AF_UNSPEC {
		from, err = fromRaw(&any, msg.Namelen)
	}
	return n, oobn, recvflags, from, err
}

func Sendmsg(fd int, p, oob []byte, to Sockaddr, flags int) (err error) {
	_, err = SendmsgN(fd, p, oob, to, flags)
	return err
}

func SendmsgN(fd int, p, oob []byte, to Sockaddr, flags int) (n int, err error) {
	spare, err := needsByte(fd, p, oob)
	if err != nil {
		return 0, err
	}
	var iov Iovec
	var msg Msghdr
	message(p, oob, spare, &iov, &msg)
	if to != nil {
		a, size, err := to.sockaddr()
		if err != nil {
			return 0, err
		}
		msg.Name = (*byte)(a)
		msg.Namelen = size
	}
	r, _, e := Syscall(SYS_SENDMSG, uintptr(fd), uintptr(unsafe.Pointer(&msg)), uintptr(flags))
	if e != 0 {
		return 0, e
	}
	if spare != nil {
		return 0, nil
	}
	return int(r), nil
}

func (iov *Iovec) SetLen(length int)            { iov.Len = uint64(length) }
func (msghdr *Msghdr) SetControllen(length int) { msghdr.Controllen = uint64(length) }
func (cmsg *Cmsghdr) SetLen(length int)         { cmsg.Len = uint64(length) }

// Control messages: a header, the data, padding to words.

func cmsgAlign(n int) int { return (n + 7) &^ 7 }

// CmsgLen gives what belongs into the Len of a header for so much data.
func CmsgLen(datalen int) int { return SizeofCmsghdr + datalen }

// CmsgSpace gives the room that a message with so much data takes.
func CmsgSpace(datalen int) int { return SizeofCmsghdr + cmsgAlign(datalen) }

// SocketControlMessage is one control message.
type SocketControlMessage struct {
	Header Cmsghdr
	Data   []byte
}

func ParseSocketControlMessage(b []byte) ([]SocketControlMessage, error) {
	var list []SocketControlMessage
	for len(b) >= SizeofCmsghdr {
		h := (*Cmsghdr)(unsafe.Pointer(&b[0]))
		if h.Len < SizeofCmsghdr || h.Len > uint64(len(b)) {
			return nil, EINVAL
		}
		list = append(list, SocketControlMessage{*h, b[SizeofCmsghdr:h.Len]})
		b = b[min(cmsgAlign(int(h.Len)), len(b)):]
	}
	return list, nil
}

// control makes a message of SOL_SOCKET with room for size bytes of data, which are at the second result.
func control(typ int32, size int) ([]byte, unsafe.Pointer) {
	b := make([]byte, CmsgSpace(size))
	h := (*Cmsghdr)(unsafe.Pointer(&b[0]))
	h.Level = SOL_SOCKET
	h.Type = typ
	h.SetLen(CmsgLen(size))
	return b, unsafe.Add(unsafe.Pointer(&b[0]), SizeofCmsghdr)
}

// UnixRights makes a control message that sends open files.
func UnixRights(fds ...int) []byte {
	b, p := control(SCM_RIGHTS, 4*len(fds))
	for i, fd := range fds {
		*(*int32)(unsafe.Add(p, 4*i)) = int32(fd)
	}
	return b
}

// ParseUnixRights takes the open files out of a control message.
func ParseUnixRights(m *SocketControlMessage) ([]int, error) {
	if m.Header.Level != SOL_SOCKET || m.Header.Type != SCM_RIGHTS {
		return nil, EINVAL
	}
	fds := make([]int, len(m.Data)/4)
	for i := range fds {
		fds[i] = int(*(*int32)(unsafe.Pointer(&m.Data[4*i])))
	}
	return fds, nil
}

// UnixCredentials makes a control message that sends process and user.
func UnixCredentials(ucred *Ucred) []byte {
	b, p := control(SCM_CREDENTIALS, SizeofUcred)
	*(*Ucred)(p) = *ucred
	return b
}

// ParseUnixCredentials takes process and user out of a control message.
func ParseUnixCredentials(m *SocketControlMessage) (*Ucred, error) {
	if m.Header.Level != SOL_SOCKET || m.Header.Type != SCM_CREDENTIALS || len(m.Data) < SizeofUcred {
		return nil, EINVAL
	}
	u := *(*Ucred)(unsafe.Pointer(&m.Data[0]))
	return &u, nil
}
