// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";

/// @notice The least that an EIP-3009 token costs: one ecrecover and no look at the payer's code. Escrows of
/// others are measured with tokens of this class, so ours is too.
contract LeanToken is ERC20 {
    bytes32 private constant _TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    mapping(address => mapping(bytes32 => bool)) private _spent;

    function RECEIVE_WITH_AUTHORIZATION_TYPEHASH() external pure returns (bytes32) {
        return _TYPEHASH;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function name() public pure override returns (string memory) {
        return "Lean";
    }

    function symbol() public pure override returns (string memory) {
        return "LEAN";
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        require(to == msg.sender && block.timestamp > validAfter && block.timestamp < validBefore);
        bytes32 hash = keccak256(abi.encode(_TYPEHASH, from, to, value, validAfter, validBefore, nonce));
        require(ecrecover(keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR(), hash)), v, r, s) == from);
        require(!_spent[from][nonce]);
        _spent[from][nonce] = true;
        _transfer(from, to, value);
    }
}
