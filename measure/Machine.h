/// \file
/// What the machine is, how it is doing (frequency, temperature, load), and how
/// much CPU time other processes use. Reads an injected root; what cannot be
/// read is absent, never 0.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace energy::measure {

struct Machine {
  std::string Cpu = "unknown";
  unsigned Sockets = 0, Cores = 0, LogicalCpus = 0;
  uint64_t MemoryBytes = 0, AvailableBytes = 0;
  std::optional<unsigned> VectorFloats;     ///< float32 lanes of the widest vector instructions
  std::optional<uint64_t> L2Bytes, L3Bytes; ///< one data or unified cache of the first CPU
  std::string Os = "unknown", Kernel = "unknown";
  std::string Virtualization = "none"; ///< "kvm", "vmware", ... or "unknown hypervisor"
  std::string Container = "none";      ///< "docker", "podman", "kubernetes", ...
};
Machine describeMachine(const std::string &Root);

struct Condition {
  std::optional<double> CpuMhz, TemperatureC, Load;
  std::optional<std::string> Governor;
};
/// Frequency is the mean over \p Cpus (all when empty).
Condition currentCondition(const std::string &Root, const std::vector<unsigned> &Cpus);

/// CPU seconds: of all processes since boot (from /proc/stat), and of this one.
struct CpuTimes {
  std::optional<double> AllS;
  double OwnS = 0;
  double NowS = 0;
  int64_t MinorFaults = 0;
};
CpuTimes cpuTimes(const std::string &Root, double NowS);
/// CPUs' worth of work by others between two moments; absent when not known.
std::optional<double> foreignCpus(const CpuTimes &Begin, const CpuTimes &End);

/// One logical CPU of each physical core, in order; the process's own CPUs only.
std::vector<unsigned> physicalCpus(const std::string &Root);
/// Keeps the process and all its later threads on these CPUs; why not, or empty.
std::string pinTo(const std::vector<unsigned> &Cpus);

std::string utcNow(); ///< "2026-03-01T12:00:00Z"

} // namespace energy::measure
