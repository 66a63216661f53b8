// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet that takes what its owner signed (ERC-1271), as long as it is told to be honest.
contract TrickyWallet {
    /// @notice 0 honest, 1 refuses, 2 burns what gas it gets, 3 takes nothing in a transaction that is mined,
    /// 4 calls whoever asks back.
    uint8 public immutable MANNERS;
    address public immutable OWNER;

    constructor(address owner, uint8 manners) {
        OWNER = owner;
        MANNERS = manners;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (MANNERS == 1) return 0xffffffff;
        if (MANNERS == 2) {
            while (true) {
                keccak256(abi.encode(gasleft()));
            }
        }
        // a rehearsal at no price has a gas price of zero, a mined transaction none
        if (MANNERS == 3 && tx.gasprice != 0) return 0xffffffff;
        if (MANNERS == 4) {
            (bool ok,) = msg.sender.staticcall(abi.encodeWithSignature("balanceOf(address)", address(this)));
            ok;
        }
        (address signer,,) = ECDSA.tryRecoverCalldata(hash, signature);
        return signer == OWNER ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @notice Deploys wallets at addresses that are known before (ERC-6492).
contract WalletFactory {
    function create(address owner) external returns (TrickyWallet) {
        return new TrickyWallet{salt: bytes32(0)}(owner, 0);
    }

    function addressOf(address owner) external view returns (address) {
        bytes32 code =
            keccak256(abi.encodePacked(type(TrickyWallet).creationCode, abi.encode(owner, uint8(0))));
        return
            address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", address(this), bytes32(0), code)))));
    }
}
