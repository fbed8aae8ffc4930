namespace Seal.Tokens.Skf;

/// <summary>A device connected, with at most one application open on it. To be used under the library's gate. Void once the device was pulled out.</summary>
internal sealed unsafe class SkfConnection : IDisposable
{
    private readonly nint _device;
    private nint _application;
    private string _name;

    private SkfConnection(SkfFunctions functions, nint device, string name)
    {
        Functions = functions;
        _device = device;
        _name = name;
    }

    public SkfFunctions Functions { get; }

    /// <summary>Connects a device, or gives null if it is gone in the meantime or does not answer.</summary>
    public static SkfConnection? TryConnect(SkfFunctions functions, string name)
    {
        nint device;
        fixed (byte* text = SkfNames.Terminated(name))
        {
            return (SarResult)functions.ConnectDev(text, &device) == SarResult.Ok ? new SkfConnection(functions, device, $"Device '{name}'") : null;
        }
    }

    /// <summary>Connects the device with a serial number, in whatever port it is; null if it is in none.</summary>
    public static SkfConnection? TryFind(SkfFunctions functions, string serialNumber, string name)
    {
        foreach (var port in SkfNames.Devices(functions, name))
        {
#pragma warning disable CA2000 // disposed below, or given back
            var connection = TryConnect(functions, port);
#pragma warning restore CA2000
            if (connection?.TryDescribe(port)?.SerialNumber == serialNumber)
            {
                return connection;
            }

            connection?.Dispose();
        }

        return null;
    }

    /// <summary>The device's facts, or null if it is gone in the meantime or has a fault.</summary>
    public SkfDeviceFacts? TryDescribe(string name)
    {
        try
        {
            SkfDeviceInfo info;
            Check(Functions.GetDevInfo(_device, &info), "SKF_GetDevInfo");
            return new SkfDeviceFacts(
                name,
                SkfNames.Text(info.Label, 32),
                SkfNames.Text(info.SerialNumber, 32),
                SkfNames.Text(info.Manufacturer, 64),
                SkfNames.Text(info.Issuer, 64),
                $"{info.HardwareVersion.Major}.{info.HardwareVersion.Minor}",
                $"{info.FirmwareVersion.Major}.{info.FirmwareVersion.Minor}",
                SkfNames.Split(Answer((answer, length) => Functions.EnumApplication(_device, answer, length), "SKF_EnumApplication")));
        }
        catch (TokenException)
        {
            return null; // one device's fault must not hide the others
        }
    }

    /// <param name="application">Its name.</param>
    /// <param name="name">How messages name the device from now on.</param>
    public void OpenApplication(string application, string name)
    {
        _name = name;
        nint opened;
        fixed (byte* text = SkfNames.Terminated(application))
        {
            Check(Functions.OpenApplication(_device, text, &opened), "SKF_OpenApplication");
        }

        _application = opened;
    }

    public SarResult VerifyPin(TokenPin pin)
    {
        uint left;
        using var text = new SkfPin(pin);
        return text.HasNul ? SarResult.PinInvalid : (SarResult)Functions.VerifyPin(_application, SkfNumber.UserPin, text.Start, &left);
    }

    public SarResult ChangePin(TokenPin oldPin, TokenPin newPin)
    {
        uint left;
        using SkfPin from = new(oldPin), to = new(newPin);
        return from.HasNul || to.HasNul ? SarResult.PinInvalid : (SarResult)Functions.ChangePin(_application, SkfNumber.UserPin, from.Start, to.Start, &left);
    }

    public SarResult Unblock(TokenPin administratorPin, TokenPin newPin)
    {
        uint left;
        using SkfPin administrator = new(administratorPin), to = new(newPin);
        return administrator.HasNul || to.HasNul ? SarResult.PinInvalid : (SarResult)Functions.UnblockPin(_application, administrator.Start, to.Start, &left);
    }

    public bool SignOut()
    {
        Check(Functions.ClearSecureState(_application), "SKF_ClearSecureState");
        return true;
    }

    public PinState UserPin()
    {
        uint most, left;
        int isDefault;
        Check(Functions.GetPinInfo(_application, SkfNumber.UserPin, &most, &left, &isDefault), "SKF_GetPINInfo");
        var tries = left == 0 ? PinTries.None : left == most ? PinTries.All : left == 1 ? PinTries.Last : PinTries.Fewer;
        return new PinState(tries, (int)left);
    }

    public byte[] Random(int length)
    {
        var random = new byte[length];
        fixed (byte* start = random)
        {
            Check(Functions.GenRandom(_device, start, (uint)length), "SKF_GenRandom");
        }

        return random;
    }

    public IReadOnlyList<string> Containers() =>
        SkfNames.Split(Answer((answer, length) => Functions.EnumContainer(_application, answer, length), "SKF_EnumContainer"));

    /// <summary>A container of the application, to be disposed.</summary>
    public SkfContainer OpenContainer(string name, bool create = false)
    {
        nint opened;
        fixed (byte* text = SkfNames.Terminated(name))
        {
            Check(
                create ? Functions.CreateContainer(_application, text, &opened) : Functions.OpenContainer(_application, text, &opened),
                create ? "SKF_CreateContainer" : "SKF_OpenContainer");
        }

        return new SkfContainer(Functions, opened, _name);
    }

    public SkfFiles Files() => new(Functions, _application, _name);

    /// <summary>Closes what is open; what is void has nothing left to close.</summary>
    public void Dispose()
    {
        if (_application != 0)
        {
            Functions.CloseApplication(_application);
            _application = 0;
        }

        Functions.DisConnectDev(_device);
    }

    private byte[] Answer(SkfNames.TwoStep call, string function) => SkfNames.Answer(call, _name, function);

    private void Check(uint result, string function) => SkfNames.Check(result, _name, function);
}
