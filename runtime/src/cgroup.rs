//! How many CPUs the control group allows: GOMAXPROCS is not larger than that.
//!
//! `/proc/self/cgroup` says which group, `/proc/self/mountinfo` where it can be read. Version 2: `cpu.max` is "quota period" or "max period"; version 1:
//! `cpu.cfs_quota_us` (-1: none) and `cpu.cfs_period_us`. The limits of the groups above count too.

use crate::sys;
use alloc::vec::Vec;
use core::ffi::CStr;

/// A small file of the system, whole.
fn read(path: &[u8]) -> Option<Vec<u8>> {
    let mut name = path.to_vec();
    name.push(0);
    let fd = sys::open(CStr::from_bytes_with_nul(&name).ok()?, libc::O_RDONLY | libc::O_CLOEXEC).ok()? as i32;
    let mut data = Vec::new();
    let mut buf = [0u8; 1024];
    let ok = loop {
        match sys::read(fd, &mut buf) {
            Ok(0) => break true,
            Ok(n) => data.extend_from_slice(&buf[..n]),
            Err(libc::EINTR) => {}
            Err(_) => break false,
        }
    };
    let _ = sys::close(fd);
    ok.then_some(data)
}

fn lines(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    data.split(|&c| c == b'\n').filter(|l| !l.is_empty())
}

fn number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let n = digits.iter().try_fold(0i64, |n, &c| c.is_ascii_digit().then(|| n * 10 + i64::from(c - b'0')))?;
    Some(if negative { -n } else { n })
}

fn trimmed(data: &[u8]) -> &[u8] {
    data.trim_ascii()
}

/// (quota, period) in the directory.
fn quota(dir: &[u8], version: u8) -> Option<(i64, i64)> {
    let file = |name: &[u8]| {
        let mut path = dir.to_vec();
        path.push(b'/');
        path.extend_from_slice(name);
        read(&path)
    };
    if version == 2 {
        let data = file(b"cpu.max")?;
        let mut words = trimmed(&data).split(|&c| c == b' ');
        let quota = number(words.next()?)?;
        Some((quota, number(words.next()?)?))
    } else {
        let quota = number(trimmed(&file(b"cpu.cfs_quota_us")?))?;
        Some((quota, number(trimmed(&file(b"cpu.cfs_period_us")?))?)).filter(|&(q, _)| q > 0)
    }
}

/// The group's path below its mount, and the version: `hierarchy:controllers:path`.
fn group(data: &[u8]) -> Option<(Vec<u8>, u8)> {
    let mut found = None;
    for line in lines(data) {
        let mut parts = line.splitn(3, |&c| c == b':');
        let (Some(_), Some(controllers), Some(path)) = (parts.next(), parts.next(), parts.next()) else { continue };
        if controllers.split(|&c| c == b',').any(|c| c == b"cpu") {
            return Some((path.to_vec(), 1));
        }
        if controllers.is_empty() {
            found = Some((path.to_vec(), 2));
        }
    }
    found
}

/// Where the group hierarchy is mounted, and which part of it: `id parent dev root mountpoint options… - type source superoptions`.
fn mount(data: &[u8], version: u8) -> Option<(Vec<u8>, Vec<u8>)> {
    for line in lines(data) {
        let words: Vec<&[u8]> = line.split(|&c| c == b' ').collect();
        let dash = words.iter().position(|w| *w == b"-")?;
        if words.len() < dash + 4 || dash < 6 {
            continue;
        }
        let (kind, options) = (words[dash + 1], words[dash + 3]);
        let fits = match version {
            2 => kind == b"cgroup2",
            _ => kind == b"cgroup" && options.split(|&c| c == b',').any(|o| o == b"cpu"),
        };
        if fits {
            return Some((words[3].to_vec(), words[4].to_vec()));
        }
    }
    None
}

/// The limit, in CPUs rounded up, at least 2; None if there is none.
pub fn cpu_limit() -> Option<u32> {
    let (path, version) = group(&read(b"/proc/self/cgroup")?)?;
    let (root, point) = mount(&read(b"/proc/self/mountinfo")?, version)?;
    // The mount may show only a part of the hierarchy, the one from `root`.
    let rest: &[u8] = if root == b"/" { &path } else { path.strip_prefix(&root[..]).unwrap_or(b"") };
    let mut dir = point.clone();
    dir.extend_from_slice(rest.strip_suffix(b"/").unwrap_or(rest));
    let mut least: Option<i64> = None;
    loop {
        if let Some((quota, period)) = quota(&dir, version)
            && period > 0
        {
            let cpus = (quota + period - 1) / period;
            least = Some(least.map_or(cpus, |l| l.min(cpus)));
        }
        if dir.len() <= point.len() {
            break;
        }
        let end = dir.iter().rposition(|&c| c == b'/').unwrap_or(0);
        dir.truncate(end.max(point.len()));
    }
    least.map(|n| n.clamp(2, 1 << 20) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_mounts_are_found() {
        assert_eq!(group(b"0::/user.slice\n"), Some((b"/user.slice".to_vec(), 2)));
        assert_eq!(group(b"5:memory:/m\n4:cpu,cpuacct:/docker/x\n0::/y\n"), Some((b"/docker/x".to_vec(), 1)));
        let info = b"24 1 0:21 / /sys rw - sysfs sysfs rw\n33 24 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n40 24 0:9 /docker /sys/fs/cgroup/cpu rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n";
        assert_eq!(mount(info, 2), Some((b"/".to_vec(), b"/sys/fs/cgroup".to_vec())));
        assert_eq!(mount(info, 1), Some((b"/docker".to_vec(), b"/sys/fs/cgroup/cpu".to_vec())));
        assert_eq!(number(b"-1"), Some(-1));
        assert_eq!(number(b"max"), None);
    }
}
