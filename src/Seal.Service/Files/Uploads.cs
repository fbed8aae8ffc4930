using Seal.Domain.Persons;
using Seal.Service.Problems;
using Seal.Service.Settings;

namespace Seal.Service.Files;

/// <summary>Documents that were uploaded and wait to be sealed. Nobody fills the disk: each person may keep only so much at a time.</summary>
/// <param name="files">Where they lie.</param>
/// <param name="settings">How much one file and one person may have.</param>
public sealed class Uploads(FileStore files, DocumentSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PersonId, long> _underWay = [];

    /// <summary>Where they lie.</summary>
    public FileStore Files { get; } = files;

    /// <summary>Takes in a person's document.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="content">The document.</param>
    /// <param name="announced">Its length in bytes, if it is known.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">It is too long, or with it the person would keep too much.</exception>
    public async Task<StoredFile> TakeAsync(PersonId person, Stream content, long? announced, CancellationToken cancellation)
    {
        var room = announced ?? settings.SealingLimit;
        Reserve(person, room);
        try
        {
            return await Files.TakeAsync(content, Math.Min(room, settings.SealingLimit), cancellation, person.Value);
        }
        finally
        {
            Release(person, room);
        }
    }

    // What is under way counts with its whole length from the beginning: many at once get no further than one after the other.
    private void Reserve(PersonId person, long room)
    {
        lock (_lock)
        {
            var underWay = _underWay.GetValueOrDefault(person);
            if (Files.BytesOf(person.Value) + underWay + room > settings.UploadsLimit)
            {
                throw new ProblemException(RequestProblems.UploadsFull(settings.UploadsLimit));
            }

            _underWay[person] = underWay + room;
        }
    }

    private void Release(PersonId person, long room)
    {
        lock (_lock)
        {
            var left = _underWay.GetValueOrDefault(person) - room;
            if (left > 0)
            {
                _underWay[person] = left;
            }
            else
            {
                _underWay.Remove(person);
            }
        }
    }
}

/// <summary>Sealed documents that wait to be fetched, by signing, and those whose evidence was renewed.</summary>
/// <param name="Files">Where they lie.</param>
public sealed record SealedFiles(FileStore Files);
