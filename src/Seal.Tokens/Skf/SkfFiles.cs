using System.Buffers.Binary;

namespace Seal.Tokens.Skf;

/// <summary>The files of an application. A file's size is fixed when it is made.</summary>
internal sealed unsafe class SkfFiles(SkfFunctions functions, nint application, string device)
{
    /// <summary>Some devices take no more at once.</summary>
    private const int Piece = 1024;

    public byte[]? Read(string name)
    {
        if (!Exists(name))
        {
            return null;
        }

        var data = new byte[Size(name)];
        fixed (byte* text = SkfNames.Terminated(name), start = data)
        {
            for (var at = 0; at < data.Length;)
            {
                var length = (uint)Math.Min(Piece, data.Length - at);
                Check(functions.ReadFile(application, text, (uint)at, length, start + at, &length), "SKF_ReadFile");
                if (length == 0)
                {
                    throw new TokenException(device, SarResult.FileError, $"file '{name}' ends before the size the device says it has");
                }

                at += (int)length;
            }
        }

        return data;
    }

    /// <summary>Writes a file anew. There is no renaming in SKF: where the new one cannot be written whole, the old one is put back.</summary>
    public void Write(string name, ReadOnlySpan<byte> data)
    {
        var old = Read(name);
        if (old is not null)
        {
            Delete(name);
        }

        try
        {
            Create(name, data);
            if (Read(name) is var kept && !kept.AsSpan().SequenceEqual(data))
            {
                // There are devices that cut a file off without a word.
                throw new TokenException(device, TokenFailure.Full, $"it takes no file of {data.Length} bytes (it kept {kept?.Length ?? 0})");
            }
        }
        catch (TokenException failed) when (!failed.IsAbsent)
        {
            if (Exists(name))
            {
                Delete(name);
            }

            if (old is not null)
            {
                Create(name, old);
            }

            throw;
        }
    }

    private bool Exists(string name) =>
        SkfNames.Split(SkfNames.Answer((answer, length) => functions.EnumFiles(application, answer, length), device, "SKF_EnumFiles"))
            .Contains(name, StringComparer.Ordinal);

    private void Create(string name, ReadOnlySpan<byte> data)
    {
        fixed (byte* text = SkfNames.Terminated(name), start = data)
        {
            Check(functions.CreateFile(application, text, (uint)data.Length, SkfNumber.RightOfAnyone, SkfNumber.RightOfUser), "SKF_CreateFile");
            for (var at = 0; at < data.Length; at += Piece)
            {
                Check(functions.WriteFile(application, text, (uint)at, start + at, (uint)Math.Min(Piece, data.Length - at)), "SKF_WriteFile");
            }
        }
    }

    private void Delete(string name)
    {
        fixed (byte* text = SkfNames.Terminated(name))
        {
            Check(functions.DeleteFile(application, text), "SKF_DeleteFile");
        }
    }

    /// <summary>
    /// FILEATTRIBUTE is a name, of 32 bytes in the standard and of 40 with some makers, and three ULONGs, the size
    /// first. How long it is shows by where the device stops writing.
    /// </summary>
    private int Size(string name)
    {
        const byte Untouched = 0xEE;
        const int Numbers = 3 * sizeof(uint);
        var attributes = new byte[256];
        attributes.AsSpan().Fill(Untouched);
        fixed (byte* text = SkfNames.Terminated(name), start = attributes)
        {
            Check(functions.GetFileInfo(application, text, start), "SKF_GetFileInfo");
        }

        var numbers = attributes.AsSpan().LastIndexOfAnyExcept(Untouched) + 1 - Numbers;
        return numbers >= 32
            ? checked((int)BinaryPrimitives.ReadUInt32LittleEndian(attributes.AsSpan(numbers)))
            : throw new TokenException(device, SarResult.FileError, $"the device does not say how long file '{name}' is");
    }

    private void Check(uint result, string function) => SkfNames.Check(result, device, function);
}
