// The machine's description and the doctor, on injected trees.
#include "Doctor.h"
#include "Files.h"
#include "Machine.h"
#include "TestSupport.h"
#include <cerrno>
#include <gtest/gtest.h>
#include <sstream>

using namespace energy::measure;
using namespace energy::measure::test;

namespace {
void writeCpus(const Tree &T, const std::string &Flags) {
  std::string Info;
  for (int Cpu = 0; Cpu < 4; ++Cpu)
    Info += "processor\t: " + std::to_string(Cpu) + "\nmodel name\t: Test CPU\nphysical id\t: " + std::to_string(Cpu / 2) +
            "\ncore id\t\t: 0\nflags\t\t: fpu " + Flags + " sse\n\n";
  T.write("proc/cpuinfo", Info);
}

TEST(Machine, CountsSocketsCoresAndLogicalCpus) {
  Tree T;
  writeCpus(T, "avx");
  T.write("proc/meminfo", "MemTotal:       16000 kB\nMemAvailable:    8000 kB");
  T.write("etc/os-release", "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"");
  Machine M = describeMachine(T.root());
  EXPECT_EQ(M.Cpu, "Test CPU");
  EXPECT_EQ(M.Sockets, 2u);
  EXPECT_EQ(M.Cores, 2u);
  EXPECT_EQ(M.LogicalCpus, 4u);
  EXPECT_EQ(M.MemoryBytes, 16384000u);
  EXPECT_EQ(M.Os, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(M.Virtualization, "none");
  EXPECT_EQ(M.Container, "none");
}

TEST(Machine, VectorsAndCachesAreWhatTheKernelSays) {
  for (auto &[Flags, Floats] : {std::pair("avx avx2 avx512f", 16u), {"avx avx2", 8u}, {"avx512vnni", 4u}}) {
    Tree T;
    writeCpus(T, Flags);
    EXPECT_EQ(describeMachine(T.root()).VectorFloats.value_or(0), Floats) << Flags;
  }
  Tree T;
  const char *Caches[][3] = {{"1", "Data", "32K"}, {"2", "Instruction", "64K"}, {"2", "Unified", "1024K"}, {"3", "Unified", "19M"}};
  for (int Index = 0; Index < 4; ++Index) {
    const std::string Folder = "sys/devices/system/cpu/cpu0/cache/index" + std::to_string(Index) + "/";
    T.write(Folder + "level", Caches[Index][0]);
    T.write(Folder + "type", Caches[Index][1]);
    T.write(Folder + "size", Caches[Index][2]);
  }
  Machine M = describeMachine(T.root());
  EXPECT_EQ(M.L2Bytes.value_or(0), 1024u * 1024);
  EXPECT_EQ(M.L3Bytes.value_or(0), 19u * 1024 * 1024);
  T.write("sys/devices/system/cpu/cpu0/cache/index3/size", "unknown");
  EXPECT_FALSE(describeMachine(T.root()).L3Bytes);
}

TEST(Machine, SeesVirtualMachinesAndContainers) {
  Tree T;
  writeCpus(T, "hypervisor");
  T.write("sys/class/dmi/id/sys_vendor", "QEMU");
  T.write(".dockerenv", "");
  Machine M = describeMachine(T.root());
  EXPECT_EQ(M.Virtualization, "kvm");
  EXPECT_EQ(M.Container, "docker");
  T.remove(".dockerenv");
  T.write("proc/1/cgroup", "0::/kubepods/besteffort/pod1");
  EXPECT_EQ(describeMachine(T.root()).Container, "kubernetes");
}

TEST(Machine, AnEmptyTreeIsUnknownNotZero) {
  Tree T;
  Machine M = describeMachine(T.root());
  EXPECT_EQ(M.Cpu, "unknown");
  EXPECT_FALSE(M.VectorFloats || M.L2Bytes || M.L3Bytes);
  Condition C = currentCondition(T.root(), {});
  EXPECT_FALSE(C.CpuMhz || C.TemperatureC || C.Load || C.Governor);
}

TEST(Machine, ConditionOfThePinnedCpus) {
  Tree T;
  for (int Cpu : {0, 1, 2}) {
    const std::string Folder = "sys/devices/system/cpu/cpu" + std::to_string(Cpu) + "/cpufreq/";
    T.write(Folder + "scaling_cur_freq", std::to_string(1000000 * (Cpu + 1)));
    T.write(Folder + "scaling_governor", "performance");
  }
  T.write("sys/class/thermal/thermal_zone0/type", "acpitz");
  T.write("sys/class/thermal/thermal_zone0/temp", "90000");
  T.write("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp");
  T.write("sys/class/thermal/thermal_zone1/temp", "61500");
  T.write("proc/loadavg", "0.75 0.5 0.25 1/100 1");
  Condition C = currentCondition(T.root(), {0, 1});
  EXPECT_DOUBLE_EQ(C.CpuMhz.value_or(0), 1500);
  EXPECT_DOUBLE_EQ(C.TemperatureC.value_or(0), 61.5);
  EXPECT_DOUBLE_EQ(C.Load.value_or(0), 0.75);
  EXPECT_EQ(C.Governor.value_or(""), "performance");
}

TEST(Machine, ForeignLoadIsWhatOthersUse) {
  CpuTimes A, B;
  A.AllS = 100;
  B.AllS = 106;
  A.OwnS = 10;
  B.OwnS = 12;
  B.NowS = 2;
  EXPECT_DOUBLE_EQ(foreignCpus(A, B).value_or(-1), 2);
  B.AllS.reset();
  EXPECT_FALSE(foreignCpus(A, B));
}

TEST(Machine, PinningThatCannotBeDoneHasItsReason) {
  EXPECT_EQ(pinTo({}), "Invalid argument"); // as a container refuses CPUs that are not its own
}

TEST(Files, NumbersAndCpuLists) {
  EXPECT_EQ(parseUnsigned(" 42\n").value_or(0), 42u);
  for (const char *Bad : {"", "-1", "4x", "99999999999999999999"})
    EXPECT_FALSE(parseUnsigned(Bad)) << Bad;
  EXPECT_EQ(parseCpuList("0-2,8"), (std::vector<unsigned>{0, 1, 2, 8}));
  EXPECT_TRUE(parseCpuList("none").empty());
}

std::string diagnose(const Tree &T, int Status, Clock &Time) {
  MeterContext Context;
  Context.Root = T.root();
  Context.NvmlLibrary = "libdoes-not-exist.so.1";
  Context.Time = &Time;
  Context.Perf.Open = [](uint32_t, uint64_t, unsigned) { return -EACCES; };
  std::ostringstream Out;
  EXPECT_EQ(doctor(Context, DoctorOptions(), Out), Status);
  return Out.str();
}

TEST(Doctor, AVirtualMachineWithoutCountersIsStatus3) {
  Tree T;
  ManualClock Time;
  writeCpus(T, "hypervisor");
  std::string Text = diagnose(T, 3, Time);
  EXPECT_NE(Text.find("verdict: no energy counter"), std::string::npos) << Text;
  EXPECT_NE(Text.find("measure on the host"), std::string::npos);
  EXPECT_NE(Text.find("--meter model --watts"), std::string::npos);
}

TEST(Doctor, RootOnlyFilesComeWithTheCommands) {
  Tree T;
  ManualClock Time;
  writeCpus(T, "avx");
  T.zone("intel-rapl:0", "package-0", 1);
  T.makeUnreadable("sys/class/powercap/intel-rapl:0/energy_uj");
  T.write("sys/bus/event_source/devices/power/type", "21");
  T.write("sys/bus/event_source/devices/power/cpumask", "0");
  T.write("sys/bus/event_source/devices/power/events/energy-pkg", "event=0x02");
  T.write("sys/bus/event_source/devices/power/events/energy-pkg.scale", "2.3e-10");
  T.write("sys/bus/event_source/devices/power/events/energy-pkg.unit", "Joules");
  std::string Text = diagnose(T, 3, Time);
  for (const char *Fix : {"sudo chmod a+r", "perf_event_paranoid=0", "/etc/udev/rules.d/60-powercap.rules", "setcap"})
    EXPECT_NE(Text.find(Fix), std::string::npos) << Fix << "\n" << Text;
}

TEST(Doctor, AContainerIsToldWhatToMount) {
  Tree T;
  ManualClock Time;
  writeCpus(T, "avx");
  T.write(".dockerenv", "");
  EXPECT_NE(diagnose(T, 3, Time).find("-v /sys/devices/virtual/powercap"), std::string::npos);
}

/// Turns the zone's energy with every look at the clock: 25 W.
class LivingClock final : public Clock {
  const Tree &T;
  double TimeS = 10;

public:
  explicit LivingClock(const Tree &T) : T(T) {}
  double nowS() override {
    TimeS += 0.002;
    T.energy("intel-rapl:0", static_cast<uint64_t>(TimeS * 25e6));
    return TimeS;
  }
  void sleepS(double Seconds) override { TimeS += Seconds; }
};

TEST(Doctor, AReadableCounterIsMeasuredAndRecommended) {
  Tree T;
  writeCpus(T, "avx");
  T.zone("intel-rapl:0", "package-0", 1);
  LivingClock Time(T);
  std::string Text = diagnose(T, 0, Time);
  EXPECT_NE(Text.find("verdict: measure with --meter powercap"), std::string::npos) << Text;
  EXPECT_NE(Text.find("refresh "), std::string::npos);
  EXPECT_NE(Text.find("one reading 4 ms (all readings 2.400 % of a 1.0 s window)"), std::string::npos) << Text;
  EXPECT_NE(Text.find("idle power 25"), std::string::npos) << Text;
}

TEST(Doctor, AStuckCounterIsNotRecommended) {
  Tree T;
  ManualClock Time;
  writeCpus(T, "avx");
  T.zone("intel-rapl:0", "package-0", 1);
  struct Ticking final : Clock {
    double TimeS = 0;
    double nowS() override { return TimeS += 0.001; }
    void sleepS(double Seconds) override { TimeS += Seconds; }
  } Tick;
  EXPECT_NE(diagnose(T, 3, Tick).find("stood still"), std::string::npos);
}
} // namespace
