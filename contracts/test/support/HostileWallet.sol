// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IHooked} from "./WeirdTokens.sol";

/// @notice A contract account that answers for its owner's signatures, and takes tokens, as it is told to.
contract HostileWallet is IHooked {
    enum Manner {
        Honest,
        SaysYes,
        SaysNo,
        Reverts,
        Burns,
        Reenters,
        Floods,
        Mumbles
    }

    address public immutable owner;
    address public immutable escrow;
    Manner public signing;
    Manner public receiving;
    bytes public entry;

    constructor(address owner_, address escrow_) {
        (owner, escrow) = (owner_, escrow_);
    }

    function behave(Manner signing_, Manner receiving_, bytes calldata entry_) external {
        (signing, receiving, entry) = (signing_, receiving_, entry_);
    }

    /// @dev Not a view, since it may try to change the escrow from within.
    function isValidSignature(bytes32 hash, bytes calldata signature) external returns (bytes4) {
        bytes4 magic = IERC1271.isValidSignature.selector;
        if (signing == Manner.SaysYes) return magic;
        if (signing == Manner.SaysNo) return 0xffffffff;
        if (signing == Manner.Floods || signing == Manner.Mumbles) {
            uint256 length = signing == Manner.Floods ? 100_000 : 31;
            assembly ("memory-safe") {
                mstore(0, magic)
                return(0, length)
            }
        }
        _behave(signing);
        (address signer,,) = ECDSA.tryRecoverCalldata(hash, signature);
        return signer == owner ? magic : bytes4(0);
    }

    /// @dev Whether a signature is taken for this account's; `real` if it is its owner's.
    function vouches(bool real) external view returns (bool) {
        if (signing == Manner.SaysYes || signing == Manner.Floods) return true;
        return real && (signing == Manner.Honest || signing == Manner.Reenters);
    }

    function onTokens() external {
        _behave(receiving);
    }

    function welcomesTokens() external view returns (bool) {
        return receiving != Manner.Reverts && receiving != Manner.Burns;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }

    function _behave(Manner manner) private {
        if (manner == Manner.Reverts) revert("no");
        if (manner == Manner.Burns) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (manner == Manner.Reenters && entry.length != 0) {
            (bool ok,) = escrow.call(entry);
            require(!ok, "reentered");
        }
    }
}
