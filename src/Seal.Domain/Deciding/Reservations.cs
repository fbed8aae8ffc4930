using System.Text.Json.Serialization;

namespace Seal.Domain.Deciding;

/// <summary>Streams that make a name unique: whoever appends first has it.</summary>
public static class Reservations
{
    /// <summary>The reservation of a seal's name, unique in the whole system.</summary>
    public static StreamId SealName(string name) => new("seal-name", name);

    /// <summary>The reservation of a 13-digit seal code.</summary>
    public static StreamId SealCode(string code) => new("seal-code", code);
}

/// <summary>Whether a name is taken, and by whom.</summary>
public sealed record Reservation : IState<Reservation>
{
    /// <inheritdoc/>
    public static string StreamType => "seal-name";

    /// <inheritdoc/>
    public static Reservation Initial { get; } = new();

    /// <summary>Whether somebody has it.</summary>
    [JsonIgnore]
    public bool Taken => Holder.Length > 0;

    /// <summary>The key of the stream that has it; empty when it is free.</summary>
    public string Holder { get; init; } = "";

    /// <inheritdoc/>
    public Reservation Apply(IEvent happened) => happened switch
    {
        NameTaken e => this with { Holder = e.By },
        NameReleased => Initial,
        _ => this,
    };
}

/// <summary>A name is taken.</summary>
/// <param name="By">The key of the stream that has it.</param>
[EventName("reservation.taken")]
public sealed record NameTaken(string By) : IEvent;

/// <summary>A name is free again.</summary>
[EventName("reservation.released")]
public sealed record NameReleased : IEvent;
