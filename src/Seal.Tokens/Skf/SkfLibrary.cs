using System.Runtime.InteropServices;

namespace Seal.Tokens.Skf;

/// <summary>
/// A maker's SKF library (GM/T 0016-2012), the interface most Ukeys in China come with. The standard says nothing
/// of threads, so calls go into the library one at a time: load each file once per process and share it.
/// </summary>
public sealed class SkfLibrary
{
    private SkfLibrary(string path, SkfFunctions functions)
    {
        Path = path;
        Functions = functions;
    }

    /// <summary>The library's file.</summary>
    public string Path { get; }

    internal SkfFunctions Functions { get; }

    /// <summary>Held during every call into the library.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Loads a library.</summary>
    /// <exception cref="DllNotFoundException">There is no such library, or it lacks one of its own.</exception>
    /// <exception cref="TokenException">It is no SKF library, or not a whole one.</exception>
    public static SkfLibrary Load(string path) =>
        new(path, new SkfFunctions(NativeLibrary.Load(path), path)); // never unloaded: such libraries leave threads behind

    /// <summary>The devices that are plugged in now; one that does not answer is left out.</summary>
    /// <exception cref="TokenException">The library refuses to list any.</exception>
    public IReadOnlyList<SkfDeviceFacts> Devices()
    {
        lock (Gate)
        {
            var devices = new List<SkfDeviceFacts>();
            foreach (var name in SkfNames.Devices(Functions, Path))
            {
                using var connection = SkfConnection.TryConnect(Functions, name);
                if (connection?.TryDescribe(name) is { } facts)
                {
                    devices.Add(facts);
                }
            }

            return devices;
        }
    }

    /// <summary>An application on a device; it need not be plugged in now.</summary>
    /// <param name="device">One of <see cref="Devices"/>; it is remembered by its serial number.</param>
    /// <param name="application">The application's name.</param>
    public SkfToken Open(SkfDeviceFacts device, string application) => new(this, device, application);
}

/// <summary>A device that is plugged in.</summary>
/// <param name="Name">The library's name for it, which may change with the port.</param>
/// <param name="Label">The name given by its issuer.</param>
/// <param name="SerialNumber">The maker's serial number.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Issuer">Who gave it out.</param>
/// <param name="HardwareVersion">As major.minor.</param>
/// <param name="FirmwareVersion">As major.minor.</param>
/// <param name="Applications">The applications on it; each has PINs, containers and files of its own.</param>
public sealed record SkfDeviceFacts(
    string Name,
    string Label,
    string SerialNumber,
    string Manufacturer,
    string Issuer,
    string HardwareVersion,
    string FirmwareVersion,
    IReadOnlyList<string> Applications);
