namespace Seal.Domain.Deciding;

/// <summary>A fact that happened, named in the past tense. Its wire name is given by <see cref="EventNameAttribute"/>.</summary>
#pragma warning disable CA1040 // The marker is what lets a stream hold nothing but facts.
public interface IEvent;
#pragma warning restore CA1040

/// <summary>The stable name under which an event is stored for ever, e.g. <c>seal.frozen</c> version 1.</summary>
/// <param name="name">Stream type, a dot, the fact in kebab case.</param>
/// <param name="version">Raised when the shape changes; older versions are then upcast on read.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name, int version = 1) : Attribute
{
    /// <summary>The name without its version.</summary>
    public string Name { get; } = name;

    /// <summary>The version of the shape, from 1.</summary>
    public int Version { get; } = version;

    /// <summary>The stored form, <c>seal.frozen.v1</c>.</summary>
    public string WireName => $"{Name}.v{Version}";
}
